import { countries } from './countries.ts'

/** All countries by name, for a list to choose from. */
export const CountryOptions = () =>
  countries.map(({ code, name }) => (
    <option key={code} value={code}>
      {name}
    </option>
  ))
