import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import { exitsOfId, startOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import { ContentPreview } from './ContentPreview';
import { branchNameOf } from './catalogue';
import { fieldName } from './fieldText';
import { ReadList } from './ReadList';
import { type ReadField, readingOf } from './reading';

/** What a point or an entrance does, to be read where it runs and cannot be changed. */
export function PointReading({ id, journey, telling }: { id: string; journey: Journey; telling: Telling }) {
  const { t } = useSay();
  const of = startOf(journey, id) ?? journey.points[id];
  if (!of) return null;
  const exits = exitsOfId(journey, id);
  const lines: ReadField[] = exits.map((exit) => ({
    path: exit.field,
    name: exits.length > 1 ? branchNameOf(journey, id, exit.edge, telling) : fieldName(telling, 'next'),
    text: exit.target ? telling.pointName(exit.target) : t('map.reading.nowhere'),
  }));
  const content = of.kind === 'sendEmail' ? of.content : undefined;
  return (
    <>
      <ReadList fields={[...readingOf(of as unknown as Record<string, unknown>, telling, journey), ...lines]} />
      {content && <ContentPreview name={content} journey={journey} />}
    </>
  );
}
