/**
 * A certificate for localhost and its key, signed by itself, from 2020 to 2120. For tests only: it
 * protects nothing, and nothing but a test that names it trusts it.
 */
export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPEKcTVp9QyeErQb+
6BLEwINgBoVwkJ8d/N3CGqAGBx+hRANCAATUhzqEvHKnLGR6E+mShhqDjlqEoT0C
m+k+MZZkBrUpSLCTQBgbE4IUeM9+5hGMd22bdPcFUohvIMGRIVG/xfei
-----END PRIVATE KEY-----
`;

export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBZjCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNSHOoS8cqcsZHoT
6ZKGGoOOWoShPQKb6T4xlmQGtSlIsJNAGBsTghR4z37mEYx3bZt09wVSiG8gwZEh
Ub/F96KjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBTe7JPPAgQxRR4uVeqs96maUcPh5zAKBggqhkjOPQQD
AgNHADBEAiB75N6k8NDrtXdNxbew+nStHAa3HLal/qhV8cay0/yD2wIgPoJJ02aC
aDctWZ+DRfnl+wr6h+OsRRaWP8qL7Qz6Wns=
-----END CERTIFICATE-----
`;
