import type { ExitRef } from '../definition/exits';
import type { Journey, JourneySettings, Note, Point, StartingPoint } from '../definition/journey';

/** Where on the map: the ways out that will lead to what is put there. Several where entrances have met. */
export interface Place {
  exits: ExitRef[];
}

/** Points cut or copied, whole: what follows hangs on the `tail`, the way out that goes straight on. */
export interface Fragment {
  entry: string;
  points: Record<string, Point>;
  tail?: ExitRef;
  branches?: Record<string, string>;
}

/** What of a rule's lines stays when it is deleted: one of them, by its field, or none. */
export type Kept = string | 'none';

/** Everything that can be done to a journey on the map, in the outline and in the panes. */
export type Edit =
  | { kind: 'insert'; place: Place; id: string; point: Point }
  | { kind: 'delete'; ids: string[]; keep: Record<string, Kept> }
  | { kind: 'cutBranch'; exits: ExitRef[] }
  | { kind: 'paste'; place: Place; fragment: Fragment }
  | { kind: 'move'; ids: string[]; place: Place }
  | { kind: 'connect'; exit: ExitRef; target: string }
  | { kind: 'goTo'; exit: ExitRef; id: string; target: string }
  | { kind: 'change'; id: string; point: Point }
  | { kind: 'addStart'; start: StartingPoint }
  | { kind: 'addStage'; id: string; point: Point }
  | { kind: 'changeStart'; start: StartingPoint }
  | { kind: 'deleteStart'; id: string }
  | { kind: 'orderStarts'; ids: string[] }
  | { kind: 'nameBranch'; of: string; edge: string; name: string }
  | { kind: 'addNote'; note: Note }
  | { kind: 'changeNote'; id: string; text: string }
  | { kind: 'deleteNote'; id: string }
  | { kind: 'settings'; settings: JourneySettings }
  | { kind: 'about'; name: string; description?: string; labels?: string[] };

export type EditKind = Edit['kind'];
/** Either the journey after the edit, or why it cannot be done (a key of `journeys.edit.refused`). */
export type Edited = { journey: Journey } | { refused: Refusal };
export type Refusal = 'circle' | 'endsAlready' | 'unknownPlace' | 'insideItself' | 'rulesMoveAlone';
