import { Modal, Select } from '@mantine/core';
import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import type { MapLayout } from '../map/layout';
import { cardOf } from '../points/catalogue';

interface Props {
  journey: Journey;
  layout: MapLayout;
  telling: Telling;
  /** What is chosen is where something goes, and not where one looks. */
  moving?: boolean;
  onGo: (id: string) => void;
  onClose: () => void;
}

/** Finds a point by its name, wherever it stands on the map. */
export function GoToPoint({ journey, layout, telling, moving = false, onGo, onClose }: Props) {
  const { t } = useSay();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(moving ? 'map.moveTo.title' : 'map.goTo.title')}
      closeButtonProps={{ 'aria-label': t('map.close') }}
    >
      <Select
        label={t(moving ? 'map.moveTo.label' : 'map.goTo.label')}
        searchable
        data-autofocus
        data={layout.stations
          .filter((station) => station.kind === 'start' || station.kind === 'point')
          .map((station) => ({ value: station.id, label: cardOf(journey, station.id, telling).title }))}
        onChange={(id) => {
          if (!id) return;
          onClose();
          // The dialog gives the focus back where it was; the point takes it after that.
          window.setTimeout(() => onGo(id), 0);
        }}
      />
    </Modal>
  );
}
