import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { EditorActions, EditorState, EditorStore } from './editor';

const Context = createContext<EditorStore | undefined>(undefined);

export function EditorProvider({ store, children }: { store: EditorStore; children: ReactNode }) {
  return <Context.Provider value={store}>{children}</Context.Provider>;
}

export function useEditorStore(): EditorStore {
  const store = useContext(Context);
  if (!store) throw new Error('There is no journey being edited around this.');
  return store;
}

/** A part of the state. Selectors are declared outside of components, and narrow: what they don't read redraws nothing. */
export function useEditor<T>(selector: (state: EditorState & EditorActions) => T): T {
  return useStore(useEditorStore(), selector);
}
