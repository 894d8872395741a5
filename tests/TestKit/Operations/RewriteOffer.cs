using System.Net;
using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;
using RtpProxy.Sip;

namespace RtpProxy.TestKit.Operations;

/// <summary>
/// An INVITE as a phone sends it becomes the INVITE that goes on: parsed, its command written, the relay's reply read, its SDP
/// rewritten. All that <see cref="CallMedia"/> does for an offer but the waiting.
/// </summary>
public sealed class RewriteOffer : IOperation, IRelay, IRelaySelector
{
    private static readonly byte[] Invite = string.Join(
        "\r\n",
        "INVITE sip:bob@example.com SIP/2.0",
        "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds;rport",
        "Max-Forwards: 70",
        "From: \"Alice\" <sip:alice@example.com>;tag=1928301774",
        "To: <sip:bob@example.com>",
        "Call-ID: a84b4c76e66710@192.0.2.10",
        "CSeq: 314159 INVITE",
        "Contact: <sip:alice@192.0.2.10:5060>",
        "User-Agent: phone",
        "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE",
        "Content-Type: application/sdp",
        "Content-Length: 252",
        "",
        "v=0",
        "o=alice 2890844526 2890844526 IN IP4 192.0.2.10",
        "s=-",
        "c=IN IP4 192.0.2.10",
        "t=0 0",
        "m=audio 40000 RTP/AVP 8 0 18 101",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:18 G729/8000",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-15",
        "a=sendrecv",
        "").Select(c => (byte)c).ToArray();

    private static readonly MediaFlags Flags = MediaFlags.Parse("r");
    private static readonly RelayReply Reply = RelayReply.From("35000 198.51.100.7\n");
    private readonly MessageContext _context = new(IPAddress.Parse("192.0.2.10"), IPAddress.Parse("198.51.100.1"));
    private readonly CallMedia _media;

    public RewriteOffer() => _media = new CallMedia(this);

    public string Name => "udp:127.0.0.1:22222";

    public RelayCapabilities Capabilities => RelayCapabilities.CodecLists;

    /// <summary>The last command, as it would be sent.</summary>
    public string Command { get; private set; } = "";

    /// <summary>The last message, as it would go on.</summary>
    public byte[] Sent { get; private set; } = [];

    public void Run()
    {
        if (!SipMessage.TryParse(Invite, out SipMessage message, out ParseError error))
        {
            throw new InvalidOperationException(error.ToString());
        }

        ValueTask<MediaResult> offering = _media.ManageAsync(message, _context, Flags);
        Sent = offering.IsCompletedSuccessfully ? offering.Result.ApplyTo(message) : throw new InvalidOperationException("It waited.");
    }

    public bool HasSet(int set) => true;

    public ValueTask<IRelay?> SelectAsync(string callId, int set, CancellationToken cancellationToken) => ValueTask.FromResult<IRelay?>(this);

    public ValueTask<RelayReply> SendAsync(Command command, CancellationToken cancellationToken)
    {
        Command = CommandWriter.ToLine(command);
        return ValueTask.FromResult(Reply);
    }
}
