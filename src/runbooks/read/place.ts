const machine = '노드|서버|머신|호스트|클러스터|인스턴스|컨테이너|배스천|단말|맥미니';
const korean = new RegExp(
  `^(?:.*[,·]\\s*)?([^,·()]{0,30}?(?:${machine}|macmini|node|server|host|VM|PC))\\s*(?:에서|측에서|에\\s*접속)|^([^,·()]{0,30}(?:${machine}))\\s*(?:\\(|$)|^([^,·()]{1,20}?)\\s*측에서`,
  'i',
);
const english =
  /\b(?:run(?:s|ning)?\s+|execute[ds]?\s+|perform(?:ed)?\s+|do this\s+|only\s+)?on\s+(?:the\s+|each\s+|every\s+|all\s+)?((?:[\w./-]+\s){0,3}(?:nodes?|servers?|hosts?|machines?|box(?:es)?|instances?|vms?|console|laptop|workstation|primary|replica|standby|leader|controller|bastion|jump\s?host|control plane)(?:\s+(?=[a-z]\w*\d|[a-z]\w*[-.]\w|\d+\.\d+)[\w.-]*\w)?)\b/i;
const named =
  /^(?:run|execute|do this|only)\s+on\s+(?:the\s+)?([A-Za-z][\w.-]{0,60})\s*[:.]?$|^on\s+([\w.-]{2,60})\s*:?$/i;
const chinese =
  /(?:^|[，,。\s（(])(?:請|请)?在\s*([^，,。()（）]{1,30}?(?:節點|节点|主機|主机|伺服器|服务器|機器|机器|終端機|跳板機|跳板机|虛擬機|虚拟机|電腦|电脑))\s*(?:上|中|內|内)?(?:執行|执行|運行|运行)?/;
const japanese =
  /(?:^|[、。\s])([^、。()（）]{1,30}?(?:ノード|サーバー|サーバ|ホスト|マシン|端末|インスタンス))\s*(?:上で|で|にて|において)/;

/** Where a remark says that commands run: `on the LLM node`, `운영자 머신에서`. A few words of the remark; undefined when it says nothing of it. */
export function placeSaid(remark: string): string | undefined {
  if (remark.length > 300) return undefined;
  for (const line of remark.split(/ · |\n/)) {
    const found =
      korean
        .exec(line)
        ?.slice(1)
        .find((part) => part !== undefined) ??
      chinese.exec(line)?.[1] ??
      japanese.exec(line)?.[1] ??
      named
        .exec(line)
        ?.slice(1)
        .find((part) => part !== undefined) ??
      english.exec(line)?.[1];
    const place = found?.trim();
    if (place !== undefined && place !== '') return place;
  }
  return undefined;
}
