using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>An offer or an answer for all media lines of a call together (ng protocol).</summary>
/// <param name="FromTag">Of who offers.</param>
/// <param name="ToTag">Of who answers; null while nobody has.</param>
/// <param name="Media">What the party that speaks says, line by line; at most <see cref="LinePlace.Max"/>.</param>
/// <param name="SignalledAt">Now, in microseconds since the UNIX epoch.</param>
public sealed record CallRequest(
    string CallId, string FromTag, string? ToTag, ImmutableArray<MediaDescription> Media, long SignalledAt)
{
    /// <summary>Names the branch of a forked call; null if none was told.</summary>
    public string? ViaBranch { get; init; }

    /// <summary>The address toward the party that speaks; null leaves what it has, or takes the first.</summary>
    public LocalAddress? TowardSpeaker { get; init; }

    /// <summary>The address toward the other party.</summary>
    public LocalAddress? TowardOther { get; init; }

    /// <summary>The family of the address toward the other party; null leaves the one that it has been told.</summary>
    public bool? OtherWantsIPv6 { get; init; }

    /// <summary>The address toward the party that speaks where it has none yet; null for the first.</summary>
    public LocalAddress? NewTowardSpeaker { get; init; }

    /// <summary>And toward the other.</summary>
    public LocalAddress? NewTowardOther { get; init; }

    /// <summary>
    /// Of an offer: nobody is to answer. It is taken at once, and the ports that are told are those of who offers.
    /// </summary>
    public bool IsPublished { get; init; }

    /// <summary>Nothing of the call goes any further, or goes on again; null leaves it.</summary>
    public bool? DropsTraffic { get; init; }

    /// <summary>The call is recorded from now on, or no more; null leaves it.</summary>
    public bool? Records { get; init; }

    /// <summary>
    /// Of an answer: whether it fits what the protocol in front keeps of the offer; asked before anything changes, on the worker.
    /// Null if every answer does.
    /// </summary>
    public Func<byte[], bool>? Fits { get; init; }

    /// <summary>
    /// Writes what the other party is told, or the same one if it publishes, by what this command has found and by the bytes that were kept of what that party was told
    /// last; what it returns is kept in their place, null leaves them. Asked when all else is decided, on the worker.
    /// </summary>
    public Func<CallOperation, byte[], byte[]?>? Describe { get; init; }

    /// <summary>IPv4 type of service of all its media from now on; null leaves it.</summary>
    public byte? Tos { get; init; }

    /// <summary>Whether the party that speaks receives elsewhere than it sends from; null for the daemon's default.</summary>
    public bool? IsAsymmetric { get; init; }

    /// <summary>Who is to be told the digits of the call, if <see cref="RelayOptions.DigitTargets"/> permits it; null leaves it.</summary>
    public Endpoint? DigitTarget { get; init; }

    /// <summary>What was said in place of <see cref="DigitTarget"/> and is no address with a port: told, and nothing else; null where nothing was.</summary>
    public string? UnreadDigitTarget { get; init; }

    /// <summary>Another source may follow the party that speaks when it has stopped, without a word of signalling.</summary>
    public bool AllowsHandover { get; init; }

    internal SourceRules Sources => new(IsAsymmetric, AllowsHandover);

    /// <summary>What the party that speaks is called; null leaves it.</summary>
    public string? Label { get; init; }

    /// <summary>Of the call, told with the party that speaks; null leaves it.</summary>
    public string? Metadata { get; init; }

    /// <summary>As <see cref="CallParty.Memo"/>, of the party that speaks.</summary>
    public byte[] Memo { get; init; } = [];
}
