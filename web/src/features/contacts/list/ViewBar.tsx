import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconLock, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { confirm } from '@/ui/confirm';
import { toastSaved } from '@/ui/toasts';
import { NameView } from './NameView';
import { useChangeView, useDeleteView, type View } from './useViews';
import classes from './ViewBar.module.css';

interface Props {
  views: readonly View[];
  view: View | undefined;
  /** One looks in another way than the view says; without a view, in any way at all. */
  changed: boolean;
  onUndo: () => void;
  /** Keeps what one looks at under the view's own name. */
  onSave: () => void;
  /** Keeps it under a new name. */
  onSaveAs: (name: string, shared: boolean, done: () => void) => void;
  busy: boolean;
  onGone: () => void;
}

/** Filters with names, each a link; a changed one has a dot, and may be kept or undone. */
export function ViewBar({ views, view, changed, onUndo, onSave, onSaveAs, busy, onGone }: Props) {
  const { t } = useTranslation();
  const [naming, name] = useDisclosure();
  if (views.length === 0 && !changed) return null;
  return (
    <div className={classes.bar}>
      <nav className={classes.views} aria-label={t('contacts.views.title')}>
        <Link to="/contacts" className={classes.view} aria-current={view ? undefined : 'page'}>
          {t('contacts.views.everybody')}
        </Link>
        {views.map((one) => (
          <Link
            key={one.id}
            to={`/contacts?view=${one.id}`}
            className={classes.view}
            aria-current={one.id === view?.id ? 'page' : undefined}
            title={one.by && !one.own ? t('contacts.views.by', { name: one.by }) : undefined}
          >
            {one.shared && <IconUsers size={14} role="img" aria-label={t('contacts.views.shared')} />}
            {one.name}
            {one.id === view?.id && changed && (
              <span className={classes.dot} role="img" aria-label={t('contacts.views.changed')} />
            )}
          </Link>
        ))}
      </nav>
      <Group gap={4} className={classes.acts}>
        {changed && view && (
          <>
            <Button size="xs" variant="subtle" color="gray" onClick={onUndo}>
              {t('contacts.views.undo')}
            </Button>
            <Button size="xs" variant="subtle" loading={busy} onClick={onSave}>
              {t('contacts.views.save')}
            </Button>
          </>
        )}
        {changed && (
          <Button size="xs" variant="subtle" onClick={name.open}>
            {t(view ? 'contacts.views.saveAs' : 'contacts.views.saveNew')}
          </Button>
        )}
        {view && <ViewMenu view={view} onGone={onGone} />}
      </Group>
      {naming && (
        <NameView
          title={t('contacts.views.saveNew')}
          busy={busy}
          onName={(given, shared) => onSaveAs(given, shared, name.close)}
          onClose={name.close}
        />
      )}
    </div>
  );
}

function ViewMenu({ view, onGone }: { view: View; onGone: () => void }) {
  const { t } = useTranslation();
  const [renaming, rename] = useDisclosure();
  const change = useChangeView();
  const remove = useDeleteView();
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('contacts.views.menu', { name: view.name })}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={rename.open}>
            {t('contacts.views.rename')}
          </Menu.Item>
          {view.own && (
            <Menu.Item
              leftSection={view.shared ? <IconLock size={16} stroke={1.6} /> : <IconUsers size={16} stroke={1.6} />}
              onClick={() => change.mutate({ view, shared: !view.shared })}
            >
              {t(view.shared ? 'contacts.views.unshare' : 'contacts.views.share')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            c="var(--p-danger)"
            leftSection={<IconTrash size={16} stroke={1.6} />}
            onClick={() =>
              confirm({
                title: t('contacts.views.deleteTitle', { name: view.name }),
                text: t(view.shared ? 'contacts.views.deleteShared' : 'contacts.views.deleteOwn'),
                button: t('contacts.views.delete'),
                cancel: t('frame.cancel'),
                onConfirm: () =>
                  remove.mutate(view.id, {
                    onSuccess: () => {
                      toastSaved(t('contacts.views.deleted'));
                      onGone();
                    },
                  }),
              })
            }
          >
            {t('contacts.views.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {renaming && (
        <NameView
          title={t('contacts.views.rename')}
          name={view.name}
          shared={view.shared}
          // Only who made it may take it back for themselves.
          mayShare={view.own}
          busy={change.isPending}
          onName={(name, shared) => change.mutate({ view, name, shared }, { onSuccess: rename.close })}
          onClose={rename.close}
        />
      )}
    </>
  );
}
