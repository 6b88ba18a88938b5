import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Life.module.css';
import { useWriteNote } from './useContact';

/** What a person writes about the contact, into its timeline. */
export function WriteNote({ id }: { id: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const note = useWriteNote(id);
  const write = () => note.mutate(text.trim(), { onSuccess: () => setText('') });
  return (
    <form
      className={classes.note}
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <Textarea
        aria-label={t('contacts.note.label')}
        placeholder={t('contacts.note.label')}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={5000}
        value={text}
        error={note.error?.message}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim()) write();
        }}
      />
      {text.trim() && (
        <Button type="submit" size="xs" loading={note.isPending}>
          {t('contacts.note.write')}
        </Button>
      )}
    </form>
  );
}
