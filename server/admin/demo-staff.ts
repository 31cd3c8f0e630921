interface DemoPerson {
  username: string;
  name: string;
}

interface DemoTeam {
  name: string;
  leader: DemoPerson;
  managers: readonly DemoPerson[];
  auditor?: DemoPerson;
}

const person = (username: string, name: string): DemoPerson => ({ username, name });

/** The staff of the demo bank; all invented. */
export const TEAMS: readonly DemoTeam[] = [
  {
    name: '静安团队',
    leader: person('leader1', '顾文澜'),
    auditor: person('auditor', '严正平'),
    managers: [
      person('manager1', '苏晴'),
      person('manager2', '方志恒'),
      person('manager3', '黎雨桐'),
      person('manager4', '龚伯年'),
    ],
  },
  {
    name: '徐汇团队',
    leader: person('leader2', '白启明'),
    managers: [
      person('manager5', '季若安'),
      person('manager6', '毕景行'),
      person('manager7', '阮心怡'),
      person('manager8', '尹立群'),
    ],
  },
  {
    name: '浦东团队',
    leader: person('leader3', '熊秋实'),
    managers: [
      person('manager9', '柯以宁'),
      person('manager10', '施远航'),
      person('manager11', '殷书雅'),
      person('manager12', '裴长林'),
    ],
  },
];
