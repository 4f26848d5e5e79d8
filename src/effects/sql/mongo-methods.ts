/** What the methods of the MongoDB shell do, by name, whatever they are called on; the last call of a chain that acts decides too. */
export const mongoMethods: readonly {
  readonly names: string;
  readonly labels: string;
  readonly why: string;
  readonly examples: readonly string[];
}[] = [
  row(
    'destroy',
    'removes documents',
    'deleteOne deleteMany remove findOneAndDelete',
    'db.users.deleteMany({})',
    "db.getCollection('a').remove({x: 1})",
  ),
  row(
    'destroy',
    'removes a collection, database or index',
    'drop dropDatabase dropIndex dropIndexes dropCollection dropSearchIndex',
    'db.users.drop()',
    'db.dropDatabase()',
  ),
  row(
    'privilege destroy',
    'removes accounts or roles',
    'dropUser dropAllUsers dropRole dropAllRoles removeUser',
    'db.dropUser("app")',
  ),
  row(
    'privilege write',
    'makes or changes accounts and roles',
    'createUser updateUser changeUserPassword createRole updateRole addUser',
    'db.changeUserPassword("app", passwordPrompt())',
  ),
  row(
    'privilege',
    'changes rights',
    'grantRolesToUser revokeRolesFromUser grantPrivilegesToRole revokePrivilegesFromRole grantRolesToRole revokeRolesFromRole',
    "db.grantRolesToUser('app', ['readWrite'])",
  ),
  row(
    'write',
    'changes documents',
    'insert insertOne insertMany update updateOne updateMany replaceOne save findOneAndUpdate findOneAndReplace findAndModify bulkWrite mapReduce',
    'db.a.insertOne({x: 1})',
    'db.a.updateMany({}, {$set: {x: 1}})',
  ),
  row(
    'write',
    'changes collections, indexes or settings',
    'createCollection createIndex createIndexes ensureIndex createView renameCollection reIndex convertToCapped hideIndex unhideIndex createSearchIndex updateSearchIndex setProfilingLevel setLogLevel collMod cloneCollection copyDatabase cloneDatabase fsyncUnlock',
    'db.a.createIndex({x: 1})',
    'db.setProfilingLevel(1)',
  ),
  row(
    'write',
    'changes the replica set',
    'add addArb reconfig initiate syncFrom secondaryOk slaveOk',
    'rs.add("db2:27017")',
  ),
  row('write disrupt', 'takes a member out of the replica set', 'removeMember', 'rs.removeMember("db2:27017")'),
  row(
    'disrupt',
    'a member steps down, freezes or stops',
    'stepDown freeze shutdownServer killOp killSessions killAllSessions fsyncLock stopBalancer',
    'rs.stepDown(60)',
    'db.shutdownServer()',
    'db.killOp(42)',
  ),
  row(
    'write',
    'changes the sharded cluster',
    'enableSharding shardCollection addShard addShardToZone addShardTag addTagRange moveChunk movePrimary splitAt splitFind startBalancer setBalancerState enableBalancing disableBalancing reshardCollection updateZoneKeyRange',
    'sh.shardCollection("a.b", {x: 1})',
  ),
  row(
    'destroy',
    'removes what describes shards',
    'removeShard removeShardTag removeShardFromZone removeTagRange',
    'sh.removeShardTag("s", "t")',
  ),
  row(
    'read',
    'reads',
    'find findOne aggregate count countDocuments estimatedDocumentCount distinct explain stats dataSize storageSize totalSize totalIndexSize getIndexes getIndices getCollectionNames getCollectionInfos getCollection getSiblingDB getMongo getName serverStatus hostInfo status conf config isMaster hello currentOp version buildInfo serverBuildInfo printReplicationInfo printSecondaryReplicationInfo printSlaveReplicationInfo printShardingStatus getReplicationInfo getLastError getProfilingStatus getProfilingLevel getLogComponents listCommands help validate isCapped latencyStats getShardDistribution getShardVersion getBalancerState isBalancerRunning getUsers getUser getRoles getRole watch getPlanCache listSearchIndexes serverCmdLineOpts connectionStatus rootUser listDatabases getDBs getDBNames adminCommand runCommand',
    'db.a.find({x: 1})',
    'rs.status()',
    'db.serverStatus()',
  ),
  row(
    'none',
    'changes only the shell',
    'print printjson pretty limit skip sort toArray forEach map hasNext next hint batchSize maxTimeMS allowDiskUse project projection collation comment readPref readConcern sleep quit exit tojson EJSON ObjectId ISODate Date NumberInt NumberLong NumberDecimal UUID use load auth logout passwordPrompt setReadPref startSession getDatabase close size itcount returnKey showRecordId min max count_ addOption noCursorTimeout tailable toString toISOString stringify parse log get includes length filter reduce some every push join keys entries values slice replace split trim match test now getTime isExhausted objsLeftInBatch',
    'print("x")',
  ),
];

/** Commands for `db.runCommand` and `db.adminCommand`, by the first key. */
export const mongoCommands: readonly {
  readonly names: string;
  readonly labels: string;
  readonly examples: readonly string[];
}[] = [
  command(
    'destroy',
    'drop dropDatabase dropIndexes delete cleanupOrphaned dropConnections removeShard',
    'db.runCommand({drop: "users"})',
  ),
  command(
    'disrupt',
    'shutdown replSetStepDown replSetFreeze replSetMaintenance killOp killSessions killAllSessions killAllSessionsByPattern killCursors fsync balancerStop',
    'db.adminCommand({shutdown: 1})',
  ),
  command('write disrupt', 'compact', 'db.runCommand({compact: "a"})'),
  command(
    'write',
    'insert update findAndModify create createIndexes collMod renameCollection setParameter replSetReconfig replSetInitiate replSetSyncFrom setFeatureCompatibilityVersion convertToCapped cloneCollectionAsCapped enableSharding shardCollection moveChunk movePrimary addShard balancerStart setDefaultRWConcern logRotate profile fsyncUnlock reIndex mapReduce refreshSessions flushRouterConfig',
    'db.adminCommand({setParameter: 1, logLevel: 2})',
  ),
  command(
    'privilege write',
    'createUser updateUser createRole updateRole',
    'db.runCommand({createUser: "a", pwd: "b", roles: []})',
  ),
  command(
    'privilege destroy',
    'dropUser dropAllUsersFromDatabase dropRole dropAllRolesFromDatabase',
    'db.runCommand({dropUser: "a"})',
  ),
  command(
    'privilege',
    'grantRolesToUser revokeRolesFromUser grantPrivilegesToRole revokePrivilegesFromRole',
    'db.runCommand({grantRolesToUser: "a", roles: []})',
  ),
  command(
    'read',
    'find aggregate count distinct explain ping hello isMaster serverStatus dbStats collStats buildInfo hostInfo listCollections listDatabases listIndexes listCommands replSetGetStatus replSetGetConfig connectionStatus currentOp getParameter getCmdLineOpts getLog top validate usersInfo rolesInfo dataSize dbHash getShardMap listShards balancerStatus features whatsmyuri getDefaultRWConcern',
    'db.runCommand({ping: 1})',
    'db.adminCommand({listDatabases: 1})',
  ),
];

function row(labels: string, why: string, names: string, ...examples: readonly string[]) {
  return { names, labels, why, examples };
}

function command(labels: string, names: string, ...examples: readonly string[]) {
  return { names, labels, examples };
}
