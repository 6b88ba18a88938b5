import { type RouteObject, redirect } from 'react-router';
import { Frame } from './frame/Frame';
import { FrameLoading } from './frame/FrameLoading';
import { NotFound } from './frame/NotFound';
import { RouteError } from './frame/RouteError';
import { signedIn } from './signedIn';

/** Every page is a chunk of its own. The paths are those that people bookmark: keep them. */
export const routes: RouteObject[] = [
  {
    path: 'sign-in',
    lazy: async () => ({ Component: (await import('@/features/session/SignInPage')).SignInPage }),
    hydrateFallbackElement: <FrameLoading />,
  },
  {
    path: 'set-up/:token?',
    lazy: async () => ({ Component: (await import('@/features/session/SetUpPage')).SetUpPage }),
    hydrateFallbackElement: <FrameLoading />,
  },
  // What serve prints at its first start.
  { path: 'setup/:token', loader: ({ params }) => redirect(`/set-up/${params.token}`), hydrateFallbackElement: <FrameLoading /> },
  {
    element: <Frame />,
    loader: signedIn,
    hydrateFallbackElement: <FrameLoading />,
    errorElement: <RouteError />,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          { index: true, loader: () => redirect('/journeys') },
          {
            path: 'journeys',
            lazy: async () => ({ Component: (await import('@/features/journeys/home/JourneysPage')).JourneysPage }),
          },
          {
            path: 'journeys/new',
            lazy: async () => ({ Component: (await import('@/features/journeys/create/NewJourneyPage')).NewJourneyPage }),
          },
          {
            path: 'journeys/new/guided',
            lazy: async () => ({ Component: (await import('@/features/journeys/create/GuidedPage')).GuidedPage }),
          },
          {
            path: 'journeys/:id/*',
            lazy: async () => ({ Component: (await import('@/features/journeys/JourneyPage')).JourneyPage }),
          },
          {
            path: 'contacts',
            lazy: async () => ({ Component: (await import('@/features/contacts/list/ContactsPage')).ContactsPage }),
          },
          {
            path: 'contacts/lists',
            lazy: async () => ({ Component: (await import('@/features/contacts/lists/ListsPage')).ListsPage }),
          },
          {
            path: 'contacts/lists/:id',
            lazy: async () => ({ Component: (await import('@/features/contacts/lists/ListPage')).ListPage }),
          },
          {
            path: 'contacts/tags',
            lazy: async () => ({ Component: (await import('@/features/contacts/tags/TagsPage')).TagsPage }),
          },
          {
            path: 'contacts/import',
            lazy: async () => ({ Component: (await import('@/features/contacts/imports/ImportPage')).ImportPage }),
          },
          {
            path: 'contacts/imports',
            lazy: async () => ({ Component: (await import('@/features/contacts/imports/ImportsPage')).ImportsPage }),
          },
          {
            path: 'contacts/imports/:id',
            lazy: async () => ({ Component: (await import('@/features/contacts/imports/OneImportPage')).OneImportPage }),
          },
          {
            path: 'contacts/:id',
            lazy: async () => ({ Component: (await import('@/features/contacts/page/ContactPage')).ContactPage }),
          },
          {
            path: 'segments',
            lazy: async () => ({ Component: (await import('@/features/segments/SegmentsPage')).SegmentsPage }),
          },
          {
            path: 'segments/new',
            lazy: async () => ({ Component: (await import('@/features/segments/NewSegmentPage')).NewSegmentPage }),
          },
          {
            path: 'segments/:name',
            lazy: async () => ({ Component: (await import('@/features/segments/SegmentPage')).SegmentPage }),
          },
          { path: 'content', lazy: async () => ({ Component: (await import('@/features/content/ContentsPage')).ContentsPage }) },
          {
            path: 'content/:name',
            lazy: async () => ({ Component: (await import('@/features/content/ContentPage')).ContentPage }),
          },
          { path: 'tasks', lazy: async () => ({ Component: (await import('@/features/tasks/TasksPage')).TasksPage }) },
          {
            path: 'notifications',
            lazy: async () => ({ Component: (await import('@/features/notifications/NotificationsPage')).NotificationsPage }),
          },
          { path: 'sandbox', lazy: async () => ({ Component: (await import('@/features/sandbox/SandboxPage')).SandboxPage }) },
          { path: 'sandbox/:key', lazy: async () => ({ Component: (await import('@/features/sandbox/MailPage')).MailPage }) },
          {
            path: 'settings',
            lazy: async () => ({ Component: (await import('@/features/settings/SettingsPage')).SettingsPage }),
            children: [
              { index: true, loader: () => redirect('/settings/properties') },
              {
                path: 'properties',
                lazy: async () => ({ Component: (await import('@/features/settings/PropertiesSettings')).PropertiesSettings }),
              },
              {
                path: 'topics',
                lazy: async () => ({ Component: (await import('@/features/settings/TopicsSettings')).TopicsSettings }),
              },
              {
                path: 'caps',
                lazy: async () => ({ Component: (await import('@/features/settings/CapsSettings')).CapsSettings }),
              },
              {
                path: 'quiet',
                lazy: async () => ({ Component: (await import('@/features/settings/QuietSettings')).QuietSettings }),
              },
              {
                path: 'coupons',
                lazy: async () => ({ Component: (await import('@/features/settings/CouponsSettings')).CouponsSettings }),
              },
              {
                path: 'events',
                lazy: async () => ({ Component: (await import('@/features/settings/EventsSettings')).EventsSettings }),
              },
              {
                path: 'users',
                lazy: async () => ({ Component: (await import('@/features/settings/UsersSettings')).UsersSettings }),
              },
              {
                path: 'audit',
                lazy: async () => ({ Component: (await import('@/features/settings/AuditSettings')).AuditSettings }),
              },
              {
                path: 'keys',
                lazy: async () => ({ Component: (await import('@/features/settings/KeysSettings')).KeysSettings }),
              },
              {
                path: 'webhooks',
                lazy: async () => ({ Component: (await import('@/features/settings/WebhooksSettings')).WebhooksSettings }),
              },
              {
                path: 'actions',
                lazy: async () => ({ Component: (await import('@/features/settings/actions/ActionsSettings')).ActionsSettings }),
              },
              {
                path: 'hooks',
                lazy: async () => ({ Component: (await import('@/features/settings/hooks/HooksSettings')).HooksSettings }),
              },
              {
                path: 'nodes',
                lazy: async () => ({ Component: (await import('@/features/settings/NodesSettings')).NodesSettings }),
              },
            ],
          },
          { path: 'profile', lazy: async () => ({ Component: (await import('@/features/profile/ProfilePage')).ProfilePage }) },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];
