using System.Collections.Immutable;
using System.Net;
using RtpProxy.Controller.Sdp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>
/// One offer or answer on its way through: first the commands, one for each media description, then, when every reply
/// is in, the changes to the message. Nothing here waits or sends; <see cref="CallMedia"/> does that.
/// </summary>
/// <remarks>Immutable. All or nothing: <see cref="Rewrite"/> needs every reply.</remarks>
public sealed class MediaExchange
{
    private readonly MediaCommandBuilder _commands;
    private readonly SdpRewriteRules _rules;
    private readonly string? _addressOverride;
    private readonly MessageContext _context;
    private readonly bool _trustSdpAddress;
    private readonly ImmutableArray<SdpBody> _bodies;
    private readonly ImmutableArray<MediaLine> _lines;

    internal MediaExchange(
        CallIdentity call,
        MediaCommandBuilder commands,
        ImmutableArray<SdpBody> bodies,
        ImmutableArray<MediaLine> lines,
        MediaFlags flags,
        MessageContext context,
        string mark,
        string? addressOverride,
        bool isAnswer)
    {
        Call = call;
        IsAnswer = isAnswer;
        _commands = commands;
        _bodies = bodies;
        _context = context;
        _trustSdpAddress = flags.TrustSdpAddress;
        _addressOverride = addressOverride;
        _rules = new SdpRewriteRules(mark, flags.RewriteSessionConnection, context.IcePriority);
        _lines = lines;
    }

    public CallIdentity Call { get; }

    /// <summary>How many commands there are: one for each media description that needs a relay. May be none.</summary>
    public int Count => _lines.Length;

    /// <summary>
    /// Deletes what the commands of this exchange have created, if it must be given up halfway; null when the session
    /// may have existed before, in which case it is left alone.
    /// </summary>
    public DeleteCommand? Undo => _commands.Undo;

    /// <summary>This is certainly the first offer of a call: any node may serve it.</summary>
    public bool BeginsCall => Undo is not null;

    /// <summary>False for an offer.</summary>
    internal bool IsAnswer { get; }

    /// <summary>The tag of the party whose description this is; null for an answer from nobody.</summary>
    internal string? Speaker => _commands.IsLookup ? _commands.Tags.Second : _commands.Tags.First;

    /// <summary>The tag of the other party; null before it has one.</summary>
    internal string? Listener => _commands.IsLookup ? _commands.Tags.First : _commands.Tags.Second;

    /// <summary>Numbers of the media that the commands are about.</summary>
    internal IReadOnlySet<int> Numbers => _lines.Select(line => line.Number).ToHashSet();

    internal int NumberOf(int index) => _lines[index].Number;

    /// <summary>Some medium is at a group address (RFC 5771, RFC 4291 section 2.7), which no relay can join for a party.</summary>
    internal bool IsMulticast => _trustSdpAddress && _lines.Any(line => line.IsMulticast);

    /// <summary>The command for one media description.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1; to be sent in this order.</param>
    /// <param name="capabilities">Of the node that it goes to.</param>
    public Command CommandFor(int index, RelayCapabilities capabilities) => _commands.Build(_lines[index], capabilities);

    /// <summary>The changes to the message.</summary>
    /// <param name="replies">One for each command, in order.</param>
    /// <param name="advertised">Stands for the node's addresses of the same family; null for what the node says.</param>
    public SpliceList Rewrite(IReadOnlyList<MediaReply> replies, IPAddress? advertised = null)
    {
        ArgumentNullException.ThrowIfNull(replies);
        ArgumentOutOfRangeException.ThrowIfNotEqual(replies.Count, Count);
        var relayed = new RelayedMedia[Count];
        for (int i = 0; i < relayed.Length; i++)
        {
            MediaReply reply = advertised is null ? replies[i] : replies[i].Advertising(advertised);
            relayed[i] = new RelayedMedia(
                reply.Port,
                _addressOverride ?? reply.Address ?? _context.Local.ToString(),
                reply.Family ?? FamilyWithoutAddress(_lines[i]));
        }

        return SdpRewriter.Rewrite(_bodies, relayed, _rules);
    }

    private SdpAddressFamily FamilyWithoutAddress(MediaLine line) =>
        _trustSdpAddress ? line.Connection.Family : MediaCommandBuilder.FamilyOf(_context.Source);
}
