import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import classes from './JourneyMap.module.css';
import { useMapView } from './MapView';
import type { NoteNode } from './model';

/** A note beside a point, for whoever reads the map. */
export const NoteCard = memo(function NoteCard({ data }: NodeProps<NoteNode>) {
  const { t } = useSay();
  const { date } = useFormats();
  const { onNote } = useMapView();
  const { note, mode } = data;
  return (
    <div className={`${classes.note} nopan nodrag`}>
      {mode === 'edit' ? (
        <textarea
          className={classes.noteText}
          aria-label={t('map.note.label')}
          placeholder={t('map.note.empty')}
          value={note.text}
          rows={2}
          maxLength={2000}
          onChange={(event) => onNote?.(note.id, event.currentTarget.value)}
        />
      ) : (
        note.text
      )}
      <div className={classes.noteFoot}>
        <span>{[note.author, note.at && date(note.at)].filter(Boolean).join(', ')}</span>
        {mode === 'edit' && (
          <ActionIcon size={24} aria-label={t('map.note.delete')} onClick={() => onNote?.(note.id, undefined)}>
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </div>
    </div>
  );
});
