/** The camera as a scanner, in browsers that read codes by themselves. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, unreachable } from '../../api/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}
type DetectorClass = new () => Detector;

function detectorClass(): DetectorClass | null {
  return (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector ?? null;
}

export function hasCamera(): boolean {
  return detectorClass() !== null && typeof navigator.mediaDevices?.getUserMedia === 'function';
}

/** How often a picture is looked at, and how long the same code is not told again. */
const LOOK_MS = 200;
const SAME_MS = 3_000;

export function DoorCamera({ found }: { found(code: string): void }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(found);
  tell.current = found;
  const [error, setError] = useState<ProblemError | null>(null);
  useEffect(() => {
    const stop = watch(
      () => video.current,
      (code) => tell.current(code),
      () => setError(new ProblemError({ ...unreachable(), code: 'browser.no_camera' })),
    );
    return stop;
  }, []);
  if (error !== null) return <ProblemNotice error={error} />;
  return (
    <video ref={video} className="door-camera" muted playsInline aria-label={t('door.camera')} />
  );
}

/** Answers how to stop it. */
function watch(
  screen: () => HTMLVideoElement | null,
  tell: (code: string) => void,
  fail: () => void,
): () => void {
  const Class = detectorClass();
  let stream: MediaStream | null = null;
  let isOver = false;
  let last = { code: '', at: 0 };
  const look = async (detector: Detector): Promise<void> => {
    const video = screen();
    if (isOver || video === null) return;
    const [seen] = await detector.detect(video).catch(() => []);
    const now = Date.now();
    if (seen !== undefined && (seen.rawValue !== last.code || now - last.at > SAME_MS)) {
      last = { code: seen.rawValue, at: now };
      tell(seen.rawValue);
    }
    setTimeout(() => void look(detector), LOOK_MS);
  };
  const begin = async (): Promise<void> => {
    if (Class === null) throw new Error('This browser reads no codes.');
    const wanted = { video: { facingMode: 'environment' } };
    stream = await navigator.mediaDevices.getUserMedia(wanted);
    const video = screen();
    if (isOver || video === null) return end();
    video.srcObject = stream;
    await video.play();
    void look(new Class());
  };
  const end = (): void => {
    isOver = true;
    for (const track of stream?.getTracks() ?? []) track.stop();
  };
  begin().catch(fail);
  return end;
}
