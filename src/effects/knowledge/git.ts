import type { Family, Verb } from './types.ts';

const rehearsed = { option: '-n --dry-run' };

const forge: Readonly<Record<string, Verb>> = {
  'pr|mr|issue|release|repo|project|run|workflow|cache|gist|label|ruleset|variable|secret|codespace|extension|alias|ssh-key|gpg-key|deploy-key|ci|pipeline|schedule|snippet|milestone|incident|user|org list|ls|view|status|diff|checks|get|show|search|stats|trace|lint|history|verify':
    {
      is: 'read',
      why: 'looks at what the forge holds',
      values:
        '-L --limit -s --state -l --label -a --assignee -A --author -B --base -H --head -S --search -q --jq -t --template -b --branch -j --job -w --workflow -e --env -o --org -P --per-page -p --page --log',
    },
  'pr|mr|issue|release|repo|project|label|milestone|gist|snippet|schedule|incident create|new|edit|update|close|reopen|comment|note|merge|ready|review|approve|revoke|lock|unlock|pin|unpin|transfer|rename|archive|unarchive|develop|rebase|subscribe|unsubscribe|todo|clone|fork|checkout|co|sync|set-default|download|copy|run':
    {
      is: 'write',
      why: 'makes or changes what the forge holds',
      values:
        '-t --title -b --body -F --body-file -B --base -H --head -l --label -a --assignee -r --reviewer -m --milestone --notes --notes-file --target -d --description -D --dir -p --pattern -O --output -s --source --match-head-commit -c --comment --visibility',
    },
  'release|run download': {
    is: 'read',
    why: 'a plain download',
    values: '-D --dir -p --pattern -O --output -n --name -A --archive',
  },
  'release upload': { is: 'egress', why: 'sends files to a release' },
  'gist|snippet create': {
    is: ['write', 'egress'],
    why: 'sends files to the forge',
    values: '-d --desc -f --filename -t --title',
  },
  'pr|mr|issue|release|repo|project|run|cache|gist|label|variable|secret|codespace|ssh-key|gpg-key|deploy-key|milestone|schedule|ci delete|rm|remove|delete-asset|delete-all':
    { is: 'remote-delete', why: 'deletes at the forge', values: '-e --env -o --org -a --app' },
  'extension|alias delete|remove': { is: 'destroy', why: 'removes an extension' },
  'extension|alias install|upgrade|create|set|import|exec': { is: 'write', why: 'installs an extension' },
  'variable|secret set|create|update': {
    is: 'write',
    why: 'stores a variable or a secret at the forge',
    values: '-b --body -e --env -o --org -f --env-file -r --repos -v --visibility -a --app',
    credentials: '-b --body',
  },
  'ssh-key|gpg-key|deploy-key add': { is: ['write', 'privilege'], why: 'lets a key in', values: '-t --title' },
  'run|pipeline|ci rerun|retry|watch|run|play|download|trigger': {
    is: 'write',
    why: 'runs a pipeline',
    values: '-j --job -D --dir -n --name -p --pattern -b --branch -f --field --variables',
  },
  'run|ci|pipeline cancel': { is: 'disrupt', why: 'stops a run', operands: true },
  'workflow run|enable': { is: 'write', why: 'starts a workflow', values: '-f --raw-field -F --field -r --ref' },
  'workflow disable': { is: 'disrupt', why: 'stops a workflow' },
  'auth status': {
    is: 'read',
    why: 'says who is signed in',
    values: '-h --hostname',
    rules: [{ when: { option: '-t --show-token' }, add: 'secret', why: 'prints the token' }],
  },
  'auth token': { is: ['read', 'secret'], why: 'prints the token', values: '-h --hostname -u --user' },
  'auth login|logout|refresh|setup-git|switch': {
    is: 'write',
    why: 'changes the sign-in',
    values: '-h --hostname -s --scopes -u --user -p --git-protocol',
  },
  'search|browse|status|version|check-update': { is: 'read', why: 'looks at the forge', operands: true },
  'config get|list': { is: 'read', why: 'shows settings', values: '-h --host' },
  'config set': { is: 'write', why: 'changes settings', values: '-h --host' },
  completion: { is: 'none', why: 'prints completion for a shell' },
  'codespace create|stop|rebuild|edit|cp': {
    is: 'write',
    why: 'changes a codespace',
    values: '-c --codespace -R --repo -m --machine -b --branch',
  },
  'codespace ssh|code|jupyter|ports|logs': { is: 'none', why: 'opens a codespace', values: '-c --codespace' },
  api: {
    is: 'read',
    why: 'asks the API',
    values:
      '-X --method -f --raw-field -F --field -H --header -q --jq -t --template --input --hostname -p --preview --cache',
    rules: [
      {
        when: { option: '-f --raw-field -F --field --input', without: '-X --method' },
        set: 'write',
        why: 'sends fields, so the method is POST',
      },
      {
        when: { option: '-X --method', value: /^(?:POST|PUT|PATCH)$/i },
        set: 'write',
        why: 'changes what the forge holds',
      },
      { when: { option: '-X --method', value: /^DELETE$/i }, set: 'remote-delete', why: 'deletes at the forge' },
    ],
  },
};

/** Git and the command lines of the places where it is kept. */
export const git: Family = {
  name: 'git',
  title: 'Git, GitHub and GitLab',
  tools: [
    {
      names: ['git'],
      values: '-C -c --git-dir --work-tree --namespace --exec-path --super-prefix --config-env',
      flags: '-p --paginate --no-pager --bare',
      commands: {
        'status|log|show|diff|blame|annotate|grep|shortlog|describe|rev-parse|rev-list|ls-files|ls-tree|ls-remote|cat-file|for-each-ref|show-ref|show-branch|name-rev|merge-base|merge-tree|range-diff|whatchanged|diff-tree|diff-index|diff-files|difftool|count-objects|verify-commit|verify-tag|verify-pack|fsck|var|version|cherry|check-ignore|check-attr|check-ref-format|get-tar-commit-id|patch-id|interpret-trailers|request-pull|diagnose|bugreport|column|stripspace|fmt-merge-msg|show-index':
          {
            is: 'read',
            why: 'looks at the repository',
            values:
              '-n --max-count --since --until --author --grep --format --pretty -S -G -L -e -U --unified -O --sort --date --abbrev --stat-width',
            rules: [{ when: { option: '--output --lost-found' }, add: 'write', why: 'writes a file' }],
          },
        help: { is: 'none', why: 'prints its help' },
        apply: {
          is: 'write',
          why: 'changes files',
          values: '-p --exclude --include --directory --whitespace -C',
          rules: [
            {
              when: { option: '--check --stat --numstat --summary', without: '--apply' },
              set: 'read',
              why: 'only checks a patch',
            },
          ],
          operands: true,
        },
        'add|commit|am|cherry-pick|revert|merge|rebase|init|mv|switch|notes|mergetool|rerere|update-index|read-tree|write-tree|commit-tree|hash-object|unpack-objects|index-pack|pack-objects|pack-refs|repack|gc|maintenance|replace|format-patch|mktag|mktree|symbolic-ref|sparse-checkout|checkout-index|commit-graph|multi-pack-index|fast-import|update-server-info|citool|gui|pack-redundant|scalar|merge-file':
          {
            is: 'write',
            why: 'changes the repository',
            operands: true,
            values:
              '-m --message -F --file --author --date -s --strategy -X --strategy-option -b --branch --initial-branch -o --output-directory -x --exec --onto --fixup --squash --template --cleanup --exclude --include --directory',
            flags: '--abort --continue --skip --quit --amend --no-edit --interactive --autosquash',
          },
        'switch|rebase|read-tree': {
          is: 'write',
          why: 'changes the branch',
          operands: true,
          values: '-C -c --create --force-create --orphan -s --strategy -X --strategy-option -x --exec --onto',
          rules: [
            {
              when: { option: '-f --force --discard-changes --reset' },
              add: 'destroy',
              why: 'throws local changes away',
            },
          ],
          carries: [{ from: { option: '-x --exec' }, as: 'sh' }],
        },
        'gc|repack': {
          is: 'write',
          why: 'packs the repository',
          rules: [
            {
              when: { option: '--prune', value: /^(?:now|all|0)/ },
              add: 'destroy',
              why: 'deletes objects that nothing refers to',
            },
          ],
        },
        'clone|pull|fetch|fetch-pack': {
          is: 'write',
          why: 'fetches a repository',
          values:
            '-b --branch --depth -o --origin --reference --filter -j --jobs --shallow-since --shallow-exclude --template -u --upload-pack --separate-git-dir -s --strategy -X --strategy-option --server-option --bundle-uri',
          rules: [
            {
              when: { option: '-p --prune -P --prune-tags' },
              add: 'destroy',
              why: 'removes references that are gone at the other side',
            },
          ],
        },
        push: {
          is: 'egress',
          why: 'sends commits to another repository',
          values: '-o --push-option --receive-pack --exec --repo --recurse-submodules',
          flags:
            '-f --force --force-with-lease --force-if-includes --delete -d --mirror --prune --all --tags --follow-tags --set-upstream -u',
          special: 'git-push',
          dryRun: rehearsed,
        },
        'send-pack|send-email|imap-send|http-push|p4|svn': { is: 'egress', why: 'sends commits away', operands: true },
        config: {
          is: 'read',
          why: 'shows settings',
          values: '-f --file --blob --type --default --get-color --comment --value',
          flags: '--global --system --local --worktree',
          rules: [
            {
              when: { atLeast: 2, without: '--get --get-all --get-regexp --get-urlmatch -l --list' },
              set: 'write',
              why: 'changes settings',
            },
            {
              when: { option: '--unset --unset-all --add --replace-all --rename-section --remove-section -e --edit' },
              set: 'write',
              why: 'changes settings',
            },
            { when: { first: /^(?:list|get)$/ }, set: 'read', why: 'shows settings' },
          ],
        },
        remote: {
          is: 'read',
          why: 'lists remotes',
          operands: true,
        },
        'remote show|get-url': { is: 'read', why: 'shows a remote' },
        'remote add|rename|set-url|set-head|set-branches|update|remove|rm': {
          is: 'write',
          why: 'changes remotes',
          values: '-t -m --mirror',
        },
        'remote prune': { is: 'destroy', why: 'removes references that are gone at the other side', dryRun: rehearsed },
        branch: {
          is: 'read',
          why: 'lists branches',
          values: '--contains --no-contains --merged --no-merged --points-at --sort --format -u --set-upstream-to',
          rules: [
            {
              when: {
                atLeast: 1,
                without:
                  '-l --list -a --all -r --remotes --contains --no-contains --merged --no-merged --points-at --show-current',
              },
              set: 'write',
              why: 'makes or changes a branch',
            },
            {
              when: { option: '-m -M --move -c -C --copy -u --set-upstream-to --unset-upstream --edit-description' },
              set: 'write',
              why: 'changes a branch',
            },
            { when: { option: '-d -D --delete' }, set: 'destroy', why: 'deletes a branch' },
          ],
        },
        tag: {
          is: 'read',
          why: 'lists tags',
          values:
            '-m --message -F --file -u --local-user --contains --no-contains --merged --no-merged --points-at --sort --format -n',
          rules: [
            {
              when: {
                atLeast: 1,
                without: '-l --list -v --verify --contains --no-contains --merged --no-merged --points-at -n',
              },
              set: 'write',
              why: 'makes a tag',
            },
            { when: { option: '-d --delete' }, set: 'destroy', why: 'deletes a tag' },
          ],
        },
        stash: { is: 'write', why: 'puts local changes aside', values: '-m --message', operands: true },
        'stash list|show': { is: 'read', why: 'looks at what was put aside' },
        'stash push|save|pop|apply|branch|create|store': {
          is: 'write',
          why: 'puts local changes aside or back',
          values: '-m --message',
        },
        'stash drop|clear': { is: 'destroy', why: 'throws away what was put aside' },
        reset: {
          is: 'write',
          why: 'moves the branch or the index',
          flags: '--soft --mixed --keep --merge',
          rules: [{ when: { option: '--hard' }, set: 'destroy', why: 'throws local changes away' }],
        },
        checkout: {
          is: 'write',
          why: 'changes the branch or files',
          values: '-b -B --orphan --conflict --pathspec-from-file',
          rules: [
            { when: { option: '-f --force' }, set: 'destroy', why: 'throws local changes away' },
            { when: { operand: /^\.$|^:\// }, set: 'destroy', why: 'overwrites local changes' },
            {
              when: {
                operand:
                  /\.(?:ya?ml|json|[jt]sx?|py|sh|txt|md|conf|cfg|ini|toml|tf|sql|go|rs|java|xml|html|css|env|lock)$/,
                without: '-b -B --orphan',
              },
              set: 'destroy',
              why: 'overwrites local changes of a file',
            },
            { when: { option: '--ours --theirs' }, set: 'write', why: 'takes one side of a conflict' },
          ],
        },
        restore: {
          is: 'destroy',
          why: 'overwrites local changes',
          values: '-s --source --conflict --pathspec-from-file',
          flags: '-W --worktree',
          rules: [
            {
              when: { option: '-S --staged', without: '-W --worktree' },
              set: 'write',
              why: 'takes files out of the index',
            },
          ],
        },
        clean: {
          is: 'destroy',
          why: 'deletes files that are not tracked',
          values: '-e --exclude',
          flags: '-f --force -d -x -X',
          dryRun: rehearsed,
        },
        rm: {
          is: 'destroy',
          why: 'deletes files',
          flags: '-r -f --force',
          rules: [{ when: { option: '--cached' }, set: 'write', why: 'takes files out of the index only' }],
          dryRun: rehearsed,
        },
        reflog: { is: 'read', why: 'shows where references have been', operands: true },
        'reflog show|exists|list': { is: 'read', why: 'shows where references have been' },
        'reflog expire|delete': {
          is: 'destroy',
          why: 'deletes what lost commits are found by',
          values: '--expire --expire-unreachable',
          dryRun: rehearsed,
        },
        'prune|prune-packed': {
          is: 'destroy',
          why: 'deletes objects that nothing refers to',
          values: '--expire',
          dryRun: rehearsed,
        },
        'filter-branch|filter-repo': { is: 'destroy', why: 'rewrites history', operands: true },
        'update-ref': {
          is: 'write',
          why: 'moves a reference',
          values: '-m',
          rules: [{ when: { option: '-d' }, set: 'destroy', why: 'deletes a reference' }],
        },
        'worktree list': { is: 'read', why: 'lists work trees' },
        'worktree add|move|lock|unlock|repair': { is: 'write', why: 'changes work trees', values: '-b -B --reason' },
        'worktree remove|prune': { is: 'destroy', why: 'removes work trees', values: '--expire', dryRun: rehearsed },
        submodule: { is: 'read', why: 'shows submodules' },
        'submodule status|summary': { is: 'read', why: 'shows submodules' },
        'submodule add|init|update|sync|set-branch|set-url|absorbgitdirs': {
          is: 'write',
          why: 'changes submodules',
          values: '-b --branch --name --reference --depth -j --jobs',
        },
        'submodule deinit': { is: 'destroy', why: 'removes the work tree of a submodule' },
        'submodule foreach': {
          is: 'none',
          why: 'runs a command in each submodule',
          carries: [{ from: 'rest', as: 'sh' }],
        },
        'bisect start|good|bad|new|old|skip|next|reset|terms|replay': { is: 'write', why: 'searches for a commit' },
        'bisect log|view|visualize': { is: 'read', why: 'shows a search' },
        'bisect run': {
          is: 'write',
          why: 'searches for a commit with a command',
          carries: [{ from: 'rest', as: 'command' }],
        },
        'bundle create': { is: ['read', 'write'], why: 'writes commits to a file' },
        'bundle verify|list-heads': { is: 'read', why: 'looks at a bundle' },
        'bundle unbundle': { is: 'write', why: 'takes commits from a file' },
        'archive|fast-export': {
          is: 'read',
          why: 'writes files or commits to its output',
          values: '-o --output --format --prefix --remote --exec --export-marks --import-marks',
          rules: [{ when: { option: '-o --output' }, add: 'write', why: 'writes a file' }],
        },
        'credential fill': { is: ['read', 'secret'], why: 'prints credentials' },
        'credential approve|reject': { is: 'write', why: 'stores or drops credentials' },
        'daemon|instaweb|http-backend': { is: 'egress', why: 'serves repositories', operands: true },
        'lfs ls-files|status|env|logs|version|fsck': { is: 'read', why: 'looks at large files', operands: true },
        'lfs install|uninstall|track|untrack|fetch|pull|checkout|migrate|lock|unlock|update|dedup': {
          is: 'write',
          why: 'changes how large files are kept',
          operands: true,
        },
        'lfs push': { is: 'egress', why: 'sends large files away', dryRun: { option: '-d --dry-run' } },
        'lfs prune': { is: 'destroy', why: 'deletes local copies of large files', dryRun: { option: '-d --dry-run' } },
        'crypt unlock|lock|init|add-gpg-user': { is: 'write', why: 'changes how files are encrypted', operands: true },
        'crypt export-key': { is: ['secret', 'read', 'write'], why: 'writes a key to a file' },
        'crypt status': { is: 'read', why: 'says which files are encrypted' },
      },
      examples: [
        ['git -C /srv/app status', 'read'],
        ['git log --oneline -5', 'read'],
        ['git config user.email', 'read'],
        ['git config --global user.email ops@example.com', 'write'],
        ['git pull --ff-only', 'write'],
        ['git push origin main', 'egress'],
        ['git push --dry-run --force', 'read'],
        ['git reset --hard HEAD~1', 'destroy'],
        ['git reset HEAD file', 'write'],
        ['git clean -fdx', 'destroy'],
        ['git clean -ndx', 'read'],
        ['git checkout -f', 'destroy'],
        ['git checkout main', 'write'],
        ['git checkout -- app.yaml', 'destroy'],
        ['git restore app.yaml', 'destroy'],
        ['git restore --staged app.yaml', 'write'],
        ['git branch -D old', 'destroy'],
        ['git branch', 'read'],
        ['git branch fix', 'write'],
        ['git tag -l', 'read'],
        ['git tag -d v1', 'destroy'],
        ['git stash', 'write'],
        ['git stash clear', 'destroy'],
        ['git reflog expire --expire=now --all', 'destroy'],
        ['git reflog', 'read'],
        ['git gc --prune=now', 'write', 'destroy'],
        ['git remote -v', 'read'],
        ['git remote add peer ssh://peer/repo', 'write'],
        ['git worktree remove ../old', 'destroy'],
        ['git submodule foreach "rm -rf build"', 'destroy'],
        ['git bundle create all.bundle --all', 'read', 'write'],
        ['git rm --cached secret.txt', 'write'],
      ],
    },
    {
      names: ['gh'],
      style: 'pflag',
      values: '-R --repo',
      commands: forge,
      examples: [
        ['gh pr list --state open', 'read'],
        ['gh pr merge 42 --squash', 'write'],
        ['gh repo delete acme/app --yes', 'remote-delete'],
        ['gh release upload v1 app.tar.gz', 'egress'],
        ['gh auth token', 'read', 'secret'],
        ['gh auth status', 'read'],
        ['gh secret set DB_URL < url.txt', 'write'],
        ['gh api repos/acme/app', 'read'],
        ['gh api -X DELETE repos/acme/app', 'remote-delete'],
        ['gh api repos/acme/app/issues -f title=x', 'write'],
        ['gh run cancel 42', 'disrupt'],
        ['gh workflow run deploy.yml', 'write'],
      ],
    },
    {
      names: ['glab'],
      style: 'pflag',
      values: '-R --repo -g --group',
      commands: forge,
      examples: [
        ['glab mr list', 'read'],
        ['glab repo delete acme/app', 'remote-delete'],
        ['glab ci cancel pipeline 42', 'disrupt'],
      ],
    },
  ],
};
