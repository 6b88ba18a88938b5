import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { cardOf } from '../points/catalogue';
import { PointReading } from '../points/PointReading';
import { Pane } from './Pane';

interface Props {
  id: string;
  journey: Journey;
  telling: Telling;
  onClose: () => void;
}

/** A point of a draft where it can only be read. */
export function ReadPane({ id, journey, telling, onClose }: Props) {
  const { t } = useSay();
  const card = cardOf(journey, id, telling);
  return (
    <Pane label={t('map.pane.point', { point: card.title })} caption={card.kind} title={card.title} onClose={onClose}>
      <PointReading id={id} journey={journey} telling={telling} />
    </Pane>
  );
}
