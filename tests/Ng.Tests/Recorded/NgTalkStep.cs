using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.Protocols.Ng.Tests.Recorded;

internal sealed class NgTalkStep
{
    public bool IsJson { get; init; }

    public List<NgEntry> Request { get; } = [];

    /// <summary>One of each version where they differ.</summary>
    public List<List<NgEntry>> Replies { get; } = [];

    /// <summary>The datagram, when it is given as such; its reply, null for none.</summary>
    public byte[]? Raw { get; set; }

    public byte[]? RawReply { get; set; }

    public NgDictionary Dictionary => new([.. Request]);

    public IEnumerable<string?> ErrorReasons => Replies.Select(reply => new NgDictionary([.. reply])["error-reason"].Text);
}
