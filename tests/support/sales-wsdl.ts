/** A small service of the usual kind: document/literal, types in a file of their own. */
export const salesSchema = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns="urn:t"
  elementFormDefault="qualified">
  <xs:complexType name="Vente"><xs:sequence>
    <xs:element name="numero" type="xs:long"/>
    <xs:element name="prix" type="xs:decimal" minOccurs="0" nillable="true"/>
    <xs:element name="instant" type="xs:dateTime" minOccurs="0"/>
    <xs:element name="essai" type="xs:boolean" minOccurs="0"/>
    <xs:element name="nom" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:element name="lister"><xs:complexType><xs:sequence>
    <xs:element name="code" type="xs:string"/>
    <xs:element name="motDePasse" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="listerReponse"><xs:complexType><xs:sequence>
    <xs:element name="vente" type="Vente" minOccurs="0" maxOccurs="unbounded"/>
    <xs:element name="suivant" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`;

/** The service, with its types in the file named. */
export function salesWsdl(schemaLocation: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:t" xmlns:t="urn:t"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <types><xs:schema targetNamespace="urn:t">
    <xs:include schemaLocation="${schemaLocation}"/>
  </xs:schema></types>
  <message name="In"><part name="p" element="t:lister"/></message>
  <message name="Out"><part name="p" element="t:listerReponse"/></message>
  <portType name="P"><operation name="lister">
    <input message="t:In"/><output message="t:Out"/>
  </operation></portType>
  <binding name="B" type="t:P">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="lister"><soap:operation soapAction="urn:t:lister"/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
    </operation>
  </binding>
  <service name="S"><port name="P" binding="t:B">
    <soap:address location="http://wsdl.example/never"/>
  </port></service>
</definitions>`;
}
