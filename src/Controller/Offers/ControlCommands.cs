using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Offers;

/// <summary>
/// Builds the commands that carry no SDP. In each, "uac" is the party in From and "uas" the party in To.
/// </summary>
internal static class ControlCommands
{
    // Prompts and statistics concern the first medium of a call, which is where the audio is.
    private const int FirstMedium = 1;

    /// <summary>The codecs of a prompt: those that the party itself has named.</summary>
    private const string SessionCodecs = "session";

    /// <summary>
    /// <c>D</c>: ends all media of the call. Never with the tags exchanged, because nodes find it by either.
    /// </summary>
    public static DeleteCommand Delete(CallIdentity call, MediaFlags flags)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(flags);
        return new DeleteCommand(call.Key, call.FromTag, flags.DestroyWithoutToTag ? null : call.ToTag);
    }

    /// <summary><c>P</c>: plays a prompt to one party.</summary>
    /// <returns>Null when that party has no tag yet.</returns>
    public static PlayCommand? Play(CallIdentity call, MediaParty listener, string prompt, int count)
    {
        ArgumentNullException.ThrowIfNull(call);
        return TagsFor(call, listener) is { } tags
            ? new PlayCommand(call.Key, prompt, SessionCodecs, tags.First, tags.Second, count)
            : null;
    }

    /// <summary><c>S</c>: stops the prompt of one party.</summary>
    /// <returns>Null when that party has no tag yet.</returns>
    public static NoPlayCommand? StopPlaying(CallIdentity call, MediaParty listener)
    {
        ArgumentNullException.ThrowIfNull(call);
        return TagsFor(call, listener) is { } tags ? new NoPlayCommand(call.Key, tags.First, tags.Second) : null;
    }

    /// <summary><c>R</c>: records what the sender of the message sends.</summary>
    /// <returns>Null for a reply without a To tag.</returns>
    public static RecordCommand? Record(SipMessage message, CallIdentity call)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(call);
        return Record(call, message.IsRequest ? MediaParty.From : MediaParty.To);
    }

    /// <summary><c>R</c>: records what a party sends.</summary>
    /// <returns>Null when that party has no tag yet.</returns>
    public static RecordCommand? Record(CallIdentity call, MediaParty speaker) =>
        BareTagsFor(call, speaker) is { } tags ? new RecordCommand(call.Key, tags.First, tags.Second) : null;

    /// <summary><c>N</c>: stops recording and copying what a party sends.</summary>
    /// <returns>Null when that party has no tag yet.</returns>
    public static NoRecordCommand? StopRecording(CallIdentity call, MediaParty speaker) =>
        BareTagsFor(call, speaker) is { } tags ? new NoRecordCommand(call.Key, tags.First, tags.Second) : null;

    /// <summary><c>C</c>: copies what a party sends in the first medium. A copy is of one session, named exactly (control protocol, section 3.11).</summary>
    /// <returns>Null when that party has no tag yet.</returns>
    public static CopyCommand? Copy(CallIdentity call, MediaParty speaker, string target) =>
        TagsFor(call, speaker) is { } tags ? new CopyCommand(call.Key, target, tags.First, tags.Second) : null;

    /// <summary><c>Q</c>: the counters of the first medium, those of the message's sender first.</summary>
    public static QueryCommand Query(SipMessage message, CallIdentity call)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(call);
        MediaParty sender = message.IsRequest || call.ToTag is null ? MediaParty.From : MediaParty.To;
        return Query(call, sender);
    }

    /// <summary><c>Q</c>: the counters of the first medium, those of a party that has a tag first.</summary>
    public static QueryCommand Query(CallIdentity call, MediaParty first)
    {
        TagOrder tags = TagsFor(call, first)!.Value;
        return new QueryCommand(call.Key, tags.First, tags.Second, []);
    }

    private static TagOrder? BareTagsFor(CallIdentity call, MediaParty first)
    {
        if (first == MediaParty.From)
        {
            return new TagOrder(call.FromTag, call.ToTag);
        }

        return call.ToTag is { } toTag ? new TagOrder(toTag, call.FromTag) : null;
    }

    private static TagOrder? TagsFor(CallIdentity call, MediaParty first)
    {
        string from = MediaCommandBuilder.Numbered(call.FromTag, FirstMedium);
        string? to = call.ToTag is { } tag ? MediaCommandBuilder.Numbered(tag, FirstMedium) : null;
        if (first == MediaParty.From)
        {
            return new TagOrder(from, to);
        }

        return to is null ? null : new TagOrder(to, from);
    }
}
