/** "France", "Frankreich", as the language says it. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}

/** Codes of countries that have a time zone of their own, so that one can live there. */
const codes =
  'AD AE AF AL AM AR AT AU AZ BA BD BE BG BH BO BR BY CA CH CL CN CO CR CU CY CZ DE DK DO DZ EC EE EG ES ET FI FR GB GE GH GR GT HK HN HR HU ID IE IL IN IQ IR IS IT JM JO JP KE KR KW KZ LB LI LK LT LU LV MA MC MD ME MG MK MT MU MX MY NG NI NL NO NP NZ OM PA PE PH PK PL PR PS PT PY QA RO RS RU SA SE SG SI SK SM SN SV TH TN TR TW UA US UY UZ VA VE VN ZA'.split(
    ' ',
  );

/** To choose from, in the order of the language. */
export function countryOptions(language: string): { value: string; label: string }[] {
  return codes
    .map((value) => ({ value, label: countryName(value, language) }))
    .sort((left, right) => left.label.localeCompare(right.label, language));
}
