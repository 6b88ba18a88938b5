import { useEffect, useState } from 'react';
import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import { layout } from '../map/layout';
import { cardOf } from '../points/catalogue';
import { useEditor, useEditorStore } from '../state/EditorContext';
import type { EditorState } from '../state/editor';
import classes from './Editor.module.css';

const doneOf = (state: EditorState) => state.done;
const refusedOf = (state: EditorState) => state.refused;
const metOf = (state: EditorState) => state.met;
const shownMs = 5_000;
/** What is seen where it is typed needs no words. */
const silent = new Set(['change', 'changeStart', 'changeNote', 'nameBranch', 'settings', 'about']);

/** The one live region of the map, and for what took something away a toast with Undo. */
export function DoneToast({ telling }: { telling: Telling }) {
  const { t } = useSay();
  const store = useEditorStore();
  const done = useEditor(doneOf);
  const refused = useEditor(refusedOf);
  const met = useEditor(metOf);
  const [toast, setToast] = useState<{ text: string; refused: boolean; undo: boolean } | undefined>();
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (!done || silent.has(done.edit)) return;
    const { journey } = store.getState();
    const id = done.ids.find((one) => one in journey.points) ?? done.ids[0] ?? '';
    const point = id in journey.points ? cardOf(journey, id, telling).title : '';
    const letter = id in journey.points ? (layout(journey).letters.ofNode.get(id) ?? '') : '';
    const text =
      done.gone > 0 && done.edit !== 'undo' && done.edit !== 'redo'
        ? t('map.done.gone', { count: done.gone })
        : t(`map.done.${done.edit}`, { point, letter });
    setSaid(text);
    setToast({ text, refused: false, undo: done.edit !== 'undo' });
  }, [done, store, telling, t]);
  useEffect(() => {
    if (!refused) return;
    const text = t(`map.refused.${refused.why}`);
    setSaid(text);
    setToast({ text, refused: true, undo: false });
  }, [refused, t]);
  useEffect(() => {
    if (!met) return;
    const text = met.by ? t('map.met.by', { name: met.by }) : t('map.met.somebody');
    setSaid(text);
    setToast({ text, refused: false, undo: false });
  }, [met, t]);
  useEffect(() => {
    if (!toast) return;
    const timer = window.setTimeout(() => setToast(undefined), shownMs);
    return () => window.clearTimeout(timer);
  }, [toast]);

  return (
    <>
      <div className={classes.quiet} role="status" aria-live="polite">
        {said}
      </div>
      {toast && (
        <div className={classes.toast} data-refused={toast.refused || undefined}>
          <span aria-hidden>{toast.text}</span>
          {toast.undo && (
            <button
              type="button"
              onClick={() => {
                store.getState().undo();
                setToast(undefined);
              }}
            >
              {t('map.undo')}
            </button>
          )}
        </div>
      )}
    </>
  );
}
