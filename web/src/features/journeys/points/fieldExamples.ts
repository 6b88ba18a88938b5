/** How fields are written in texts: the same in every language, and nothing that a translation could fill. */
export const fieldExamples = {
  one: '{{contact.first_name}}',
  two: '{{event.total}}',
  three: '{{default contact.first_name "you"}}',
};
