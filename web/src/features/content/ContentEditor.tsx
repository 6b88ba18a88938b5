import { Alert, Button, Group, List, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { reasonText } from '@/api/reasonText';
import { isLanguage, languageNames } from '@/i18n/languages';
import { Card } from '@/ui/Card';
import { SaveBar } from '@/ui/form/SaveBar';
import { useLeaveGuard } from '@/ui/form/useLeaveGuard';
import { toastSaved } from '@/ui/toasts';
import classes from './ContentEditor.module.css';
import { ContentPreview } from './ContentPreview';
import { missingLanguages, newWording, readContent, type Wording, writeContent } from './contentDocument';
import { type Content, useSaveContent } from './useContent';

export function ContentEditor({ content }: { content: Content }) {
  const { t } = useTranslation();
  const [saved, setSaved] = useState(() => readContent(content.content));
  const [draft, setDraft] = useState(saved);
  const [revision, setRevision] = useState(content.revision);
  const [language, setLanguage] = useState(draft.defaultLanguage);
  const save = useSaveContent(content.name);
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  useLeaveGuard(useBlocker(dirty), dirty);

  const wording = draft.texts[language] ?? newWording();
  const change = (part: keyof Wording, value: string) =>
    setDraft({ ...draft, texts: { ...draft.texts, [language]: { ...wording, [part]: value } } });
  const add = (one: string) => {
    setDraft({ ...draft, texts: { ...draft.texts, [one]: { ...(draft.texts[draft.defaultLanguage] ?? newWording()) } } });
    setLanguage(one);
  };
  const submit = () =>
    save.mutate(
      { document: writeContent(content.name, draft), revision },
      {
        onSuccess: (now) => {
          setSaved(draft);
          setRevision(now.revision);
          toastSaved(t('content.saved'));
        },
      },
    );
  const nameOf = (one: string) => (isLanguage(one) ? languageNames[one] : one);
  return (
    <div className={classes.panes}>
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack gap="md">
            <Group gap="xs">
              <SegmentedControl
                aria-label={t('content.language')}
                value={language}
                onChange={setLanguage}
                data={Object.keys(draft.texts).map((one) => ({ value: one, label: nameOf(one) }))}
              />
              {missingLanguages(draft).map((one) => (
                <Button
                  key={one}
                  size="xs"
                  variant="subtle"
                  leftSection={<IconPlus size={14} aria-hidden />}
                  onClick={() => add(one)}
                >
                  {nameOf(one)}
                </Button>
              ))}
            </Group>
            {save.error && (
              <Alert color="red" role="alert" title={t(save.error.status === 412 ? 'content.conflict' : 'content.refused')}>
                {save.error.reasons.length > 0 ? (
                  <List size="sm">
                    {save.error.reasons.map((reason) => (
                      <List.Item key={reason.path + reason.code + reason.text}>{reasonText(t, reason)}</List.Item>
                    ))}
                  </List>
                ) : (
                  t('content.conflictText')
                )}
              </Alert>
            )}
            <TextInput
              label={t('content.subject')}
              value={wording.subject}
              onChange={(event) => change('subject', event.currentTarget.value)}
              required
              withAsterisk={false}
            />
            <TextInput
              label={t('content.preheader')}
              description={t('content.preheaderHint')}
              value={wording.preheader}
              onChange={(event) => change('preheader', event.currentTarget.value)}
            />
            <Textarea
              label={t('content.html')}
              value={wording.html}
              onChange={(event) => change('html', event.currentTarget.value)}
              autosize
              minRows={12}
              maxRows={28}
              spellCheck={false}
              classNames={{ input: classes.code }}
            />
            <Textarea
              label={t('content.text')}
              description={t('content.textHint')}
              value={wording.text}
              onChange={(event) => change('text', event.currentTarget.value)}
              autosize
              minRows={3}
              maxRows={14}
              classNames={{ input: classes.code }}
            />
            <Text size="sm" c="dimmed">
              {t('content.fields')} <code>{'{{contact.first_name}}'}</code> <code>{'{{default contact.first_name "…"}}'}</code>{' '}
              <code>{'{{links.unsubscribe}}'}</code> <code>{'{{links.view}}'}</code>
            </Text>
          </Stack>
          <SaveBar dirty={dirty} busy={save.isPending} onCancel={() => setDraft(saved)} />
        </form>
      </Card>
      <ContentPreview name={content.name} language={language} revision={revision} outdated={dirty} />
    </div>
  );
}
