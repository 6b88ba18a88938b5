import { Textarea } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import type { PointOf } from '../definition/journey';
import { fieldExamples } from './fieldExamples';
import type { PointFormProps, PointView } from './kind';
import { shownText } from './shownText';

/** Writes a note about the contact into its timeline. */
export const addNotePoint: PointView<'addNote'> = {
  kind: 'addNote',
  group: 'actions',
  shape: 'action',
  icon: IconNote,
  create: () => ({ kind: 'addNote', text: '' }),
  title: (point, { t }) => shownText(point.text) || t('points.addNote.nothing'),
  Form: AddNoteForm,
};

function AddNoteForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'addNote'>>) {
  const { t } = telling;
  return (
    <Textarea
      label={t('points.addNote.text')}
      description={t('points.fieldsHint', fieldExamples)}
      autosize
      minRows={2}
      value={point.text}
      error={errorAt('text')}
      onChange={(event) => onChange({ ...point, text: event.currentTarget.value })}
    />
  );
}
