/** The eight techniques as they are offered, each with what it is for. */

export interface Offered {
  key: string;
  label: string;
  /** What one gets of it, as one sentence. */
  does: string;
}

export const TECHNIQUES: Offered[] = [
  {
    key: "summarising",
    label: "Summarising",
    does: "Paraphrase all that bears on the question, lift it to one level, and reduce it to categories that stand for the whole.",
  },
  {
    key: "inductive",
    label: "Inductive category formation",
    does: "Work through the text with a criterion in hand and form categories from it as they come.",
  },
  {
    key: "explication_narrow",
    label: "Explication, narrow context",
    does: "Explain a doubtful passage by what else is said in the same text.",
  },
  {
    key: "explication_broad",
    label: "Explication, broad context",
    does: "Explain a doubtful passage by other texts, by people and circumstances, by what is known of the field.",
  },
  {
    key: "formal",
    label: "Formal structuring",
    does: "Follow how a text is built: its turns, themes, way of speaking.",
  },
  {
    key: "theme",
    label: "Theme structuring",
    does: "Take out what is said on given themes, and summarise it by case and theme.",
  },
  {
    key: "type",
    label: "Type-building structuring",
    does: "Find along one dimension the types that stand out, and a case that stands for each.",
  },
  {
    key: "scaling",
    label: "Scaling structuring",
    does: "Rate passages or cases on ordered levels that a theory gives.",
  },
];

/** What may be chosen for the units, with words for people. */
export const UNITS = {
  coding_unit: [
    ["word", "a word"],
    ["proposition", "a clear component of meaning, a clause"],
    ["sentence", "a sentence"],
    ["turn", "a turn"],
  ],
  context_unit: [
    ["turn", "the turn and its question"],
    ["section", "the section"],
    ["source", "the whole interview or document"],
    ["programme", "all texts of the programme"],
    ["study", "the whole material"],
  ],
  recording_unit: [
    ["source", "an interview or document"],
    ["interviewee", "a person"],
    ["programme", "a programme"],
    ["study", "the whole material"],
  ],
} as const;
