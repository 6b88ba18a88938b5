import { IconPlaylistAdd, IconPlaylistX } from '@tabler/icons-react';
import { NamePicker } from '@/ui/pickers/NamePicker';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

type ListPoint = PointOf<'addToList' | 'removeFromList'>;

/** Puts the contact on a list. */
export const addToListPoint: PointView<'addToList'> = {
  kind: 'addToList',
  group: 'actions',
  shape: 'action',
  icon: IconPlaylistAdd,
  create: () => ({ kind: 'addToList', list: '' }),
  title: (point, { t }) => point.list || t('points.list.nothing'),
  Form: ListForm,
};

/** Takes the contact off a list. */
export const removeFromListPoint: PointView<'removeFromList'> = {
  kind: 'removeFromList',
  group: 'actions',
  shape: 'action',
  icon: IconPlaylistX,
  create: () => ({ kind: 'removeFromList', list: '' }),
  title: (point, { t }) => point.list || t('points.list.nothing'),
  Form: ListForm,
};

function ListForm<P extends ListPoint>({ point, telling, onChange, errorAt }: PointFormProps<P>) {
  return (
    <NamePicker
      kind="list"
      label={telling.t('points.list.label')}
      value={point.list || undefined}
      error={errorAt('list')}
      onChange={(list) => onChange({ ...point, list: list ?? '' })}
    />
  );
}
