import { IconTag, IconTagOff } from '@tabler/icons-react';
import { NamePicker } from '@/ui/pickers/NamePicker';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

type TagPoint = PointOf<'addTag' | 'removeTag'>;

/** Gives the contact a tag. */
export const addTagPoint: PointView<'addTag'> = {
  kind: 'addTag',
  group: 'actions',
  shape: 'action',
  icon: IconTag,
  create: () => ({ kind: 'addTag', tag: '' }),
  title: (point, { t }) => point.tag || t('points.tag.nothing'),
  Form: TagForm,
};

/** Takes a tag from the contact. */
export const removeTagPoint: PointView<'removeTag'> = {
  kind: 'removeTag',
  group: 'actions',
  shape: 'action',
  icon: IconTagOff,
  create: () => ({ kind: 'removeTag', tag: '' }),
  title: (point, { t }) => point.tag || t('points.tag.nothing'),
  Form: TagForm,
};

function TagForm<P extends TagPoint>({ point, telling, onChange, errorAt }: PointFormProps<P>) {
  return (
    <NamePicker
      kind="tag"
      label={telling.t('points.tag.label')}
      hint={telling.t('points.tag.hint')}
      value={point.tag || undefined}
      error={errorAt('tag')}
      onChange={(tag) => onChange({ ...point, tag: tag ?? '' })}
    />
  );
}
