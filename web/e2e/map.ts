import { expect, type Locator, type Page } from '@playwright/test';

/** The map of a journey, in the words of whoever works on it. */
export class JourneyMap {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** A station by the beginning of its name: "Send e-mail, welcome". */
  point(name: string | RegExp): Locator {
    return this.page.getByRole('tree').getByRole('treeitem', { name });
  }

  get points(): Locator {
    return this.page.getByRole('tree').getByRole('treeitem');
  }

  /** The plus before a point, or at the end of a line: "before discover", "at the end of line A". */
  plus(where: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^Add .*${where}$`) });
  }

  get panel(): Locator {
    return this.page.getByRole('region', { name: 'Add a point' });
  }

  /** The pane at the right: a point's form, or, on a live map, its people and numbers. */
  get pane(): Locator {
    return this.page.getByRole('region', { name: /^Properties of|: people and numbers$/ });
  }

  /** Presses a plus, searches, and takes what Enter would take. */
  async add(where: string, search: string): Promise<void> {
    await this.plus(where).click();
    await this.panel.getByRole('combobox', { name: 'Search points' }).fill(search);
    await this.page.keyboard.press('Enter');
    await expect(this.panel).toBeHidden();
  }

  async open(name: string | RegExp): Promise<void> {
    await this.point(name).click();
    await expect(this.pane).toBeVisible();
  }

  /** The same journey as a map, or as an outline. */
  async look(as: 'Map' | 'Outline'): Promise<void> {
    await this.page
      .locator('label')
      .filter({ hasText: new RegExp(`^${as}$`) })
      .click();
  }

  /** What was done last is with the server. */
  async saved(): Promise<void> {
    await expect(this.page.locator('[data-state="saved"]')).toBeVisible();
  }

  /** The names of all points in the order of the outline, without their lines and states. */
  async names(): Promise<string[]> {
    const names = await this.points.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''));
    return names.map((name) => name.replace(/, line .*$/, ''));
  }
}
