import { createBrowserRouter, redirect } from 'react-router';
import { Frame } from './frame/Frame';
import { RouteError } from './frame/RouteError';

/** Every page is a chunk of its own. The paths are those that people bookmark: keep them. */
export const router = createBrowserRouter([
  {
    element: <Frame />,
    errorElement: <RouteError />,
    children: [
      { index: true, loader: () => redirect('/journeys') },
      {
        path: 'journeys',
        lazy: async () => ({ Component: (await import('@/features/journeys/home/JourneysPage')).JourneysPage }),
      },
    ],
  },
]);
