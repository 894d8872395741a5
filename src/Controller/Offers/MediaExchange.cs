using System.Collections.Immutable;
using System.Net;
using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Sdp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>
/// One offer or answer on its way through: first the commands, one for each media description, then, when every reply
/// is in, the changes to the message. Nothing here waits or sends; <see cref="MediaOperations"/> does that.
/// </summary>
/// <remarks>Immutable. All or nothing: <see cref="Rewrite"/> needs every reply.</remarks>
internal sealed class MediaExchange
{
    private readonly ExchangeRequest _request;
    private readonly MediaCommandBuilder _commands;
    private readonly ImmutableArray<MediaLine> _lines;
    private readonly string _mark;

    public MediaExchange(ExchangeRequest request, MediaCommandBuilder commands, ImmutableArray<MediaLine> lines, string mark)
    {
        _request = request;
        _commands = commands;
        _lines = lines;
        _mark = mark;
    }

    public CallIdentity Call => _request.Call;

    /// <summary>Number of the set of nodes.</summary>
    public int Set => _request.Terms.Set;

    /// <summary>By what its offer is remembered; null if it is not.</summary>
    public TransactionId? Transaction => _request.Transaction;

    /// <summary>How many commands there are: one for each media description that needs a relay. May be none.</summary>
    public int Count => _lines.Length;

    /// <summary>
    /// Deletes what the commands of this exchange have created, if it must be given up halfway; null when the session
    /// may have existed before, in which case it is left alone.
    /// </summary>
    public DeleteCommand? Undo => BeginsCall ? new DeleteCommand(Call.Key, Call.FromTag, Call.ToTag) : null;

    /// <summary>This is certainly the first offer of a call: any node may serve it.</summary>
    public bool BeginsCall => _request.BeginsCall;

    /// <summary>False for an offer.</summary>
    public bool IsAnswer => _request.Action == MediaAction.Answer;

    /// <summary>The tag of the party whose description this is; null for an answer from nobody.</summary>
    public string? Speaker => _commands.IsLookup ? _request.Tags.Second : _request.Tags.First;

    /// <summary>The tag of the other party; null before it has one.</summary>
    public string? Listener => _commands.IsLookup ? _request.Tags.First : _request.Tags.Second;

    /// <summary>Numbers of the media that the commands are about.</summary>
    public IReadOnlySet<int> Numbers => _lines.Select(line => line.Number).ToHashSet();

    public int NumberOf(int index) => _lines[index].Number;

    /// <summary>Some medium is at a group address (RFC 5771, RFC 4291 section 2.7), which no relay can join for a party.</summary>
    public bool IsMulticast => _request.Terms.Flags.TrustSdpAddress && _lines.Any(line => line.IsMulticast);

    /// <summary>There is an address to write into SDP when the node names none.</summary>
    public bool HasAddress => _request.Terms is { Address: not null } or { Local: not null };

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
                _request.Terms.Address ?? reply.Address ?? _request.Terms.Local!.ToString(),
                reply.Family ?? FamilyWithoutAddress(_lines[i]));
        }

        var rules = new SdpRewriteRules(_mark, _request.Terms.Flags.RewriteSessionConnection, _request.Terms.IcePriority);
        return SdpRewriter.Rewrite(_request.Sdp.All, relayed, rules);
    }

    private SdpAddressFamily FamilyWithoutAddress(MediaLine line) =>
        _request.Terms.Flags.TrustSdpAddress ? line.Connection.Family : MediaCommandBuilder.FamilyOf(_request.Terms.Source!);
}
