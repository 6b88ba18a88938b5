import { expect, it } from 'vitest';
import { parse, sampleRows } from './sampleRows';

it('reads quoted cells, with the mark and the line end inside', () => {
  expect(parse('a;b\r\n"1;2";"say ""hi""\nthere"\r\n\r\n3;4', ';', 9)).toEqual([
    ['a', 'b'],
    ['1;2', 'say "hi"\nthere'],
    ['3', '4'],
  ]);
});

it('gives the first values of each column', async () => {
  const file = new File(['\uFEFFE-Mail,Città\ngiulia@posta.example,Torino\nkwame@mail.example,Accra\nthird,row'], 'fair.csv');

  expect(Object.fromEntries(await sampleRows(file, ',', 'utf-8'))).toEqual({
    'E-Mail': ['giulia@posta.example', 'kwame@mail.example'],
    Città: ['Torino', 'Accra'],
  });
});
