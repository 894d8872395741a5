using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>Counts commands of all control sockets (the <c>ncmds_</c> names of control protocol section 9).</summary>
/// <remarks>Thread-safe by interlocked additions.</remarks>
internal sealed class CommandCounters
{
    private long _received;
    private long _repeated;
    private long _succeeded;
    private long _failed;

    public void CountReceived() => Interlocked.Increment(ref _received);

    public void CountRepeated() => Interlocked.Increment(ref _repeated);

    public void CountReply(bool isError) => Interlocked.Increment(ref isError ? ref _failed : ref _succeeded);

    /// <summary>The value of a <c>ncmds_</c> counter; null for any other.</summary>
    public ulong? Find(GlobalCounter counter) => counter switch
    {
        GlobalCounter.CommandsReceived => Read(ref _received),
        GlobalCounter.CommandsRepeated => Read(ref _repeated),
        GlobalCounter.CommandsSucceeded => Read(ref _succeeded),
        GlobalCounter.CommandsFailed => Read(ref _failed),
        GlobalCounter.CommandsReplied => Read(ref _succeeded) + Read(ref _failed),
        _ => null,
    };

    private static ulong Read(ref long counter) => (ulong)Interlocked.Read(ref counter);
}
