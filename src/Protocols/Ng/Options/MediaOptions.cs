using System.Collections.Immutable;
using System.Net;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Options;

/// <summary>
/// All options of an offer or answer (ng protocol, 4), whichever way they were given: as key, as word of <c>flags</c>, or in
/// the string <c>rtpp-flags</c>. What is not given is null, false, or its default. Does not change once it was read.
/// </summary>
/// <remarks>Here are only options that have an effect; those that the protocol lets a relay ignore are not kept.</remarks>
public sealed record MediaOptions
{
    // Addresses, interfaces, identity (4.1).

    /// <summary>Where the SIP message came from; used with <see cref="UsesSipSourceAddress"/> only.</summary>
    public IPAddress? ReceivedFrom { get; internal set; }

    /// <summary>
    /// True for the flag <c>SIP-source-address</c>: media goes to <see cref="ReceivedFrom"/>. False for <c>trust-address</c>:
    /// where the session description says. Null: as the daemon is set.
    /// </summary>
    public bool? UsesSipSourceAddress { get; internal set; }

    /// <summary>The address to write into the reply instead of ours.</summary>
    public IPAddress? MediaAddress { get; internal set; }

    /// <summary>The family of our address in the reply; kept.</summary>
    public SdpAddressFamily? AddressFamily { get; internal set; }

    public InterfaceOptions Interfaces { get; internal set; }

    /// <summary><c>interface</c>, of commands with one side (subscriptions); null: as before, or the default.</summary>
    public string? Interface { get; internal set; }

    public TosOption Tos { get; internal set; }

    /// <summary>Name of the sending party for other commands and events; kept.</summary>
    public string? Label { get; internal set; }

    public string? Metadata { get; internal set; }

    /// <summary><c>record-call</c>: true to start, false to stop.</summary>
    public bool? RecordCall { get; internal set; }

    /// <summary>How the recording is to be named.</summary>
    public RecordingName RecordingName { get; internal set; }

    /// <summary>Where DTMF events of the call are sent, as JSON datagrams (8.4).</summary>
    public IPEndPoint? DtmfLogDestination { get; internal set; }

    /// <summary>What was said instead of an address with a port; null where nothing was.</summary>
    public string? UnreadDtmfLogDestination { get; internal set; }

    // Edits of the session description (4.2, 4.3).

    public ReplaceOptions Replace { get; internal set; }

    /// <summary>The direction is copied instead of computed (5.6).</summary>
    public bool OriginalSendRecv { get; internal set; }

    public RtcpAttribute RtcpAttribute { get; internal set; }

    public RtcpMuxOptions RtcpMux { get; internal set; }

    /// <summary>Media lines without <c>a=mid</c> get one.</summary>
    public bool GenerateMid { get; internal set; }

    /// <summary><c>a=extmap</c> is removed.</summary>
    public bool StripExtmap { get; internal set; }

    /// <summary>Attribute lines that are added, removed or that say something else (<c>sdp-attr</c>).</summary>
    public ImmutableArray<AttributeRule> Attributes { get; internal set; } = [];

    /// <summary>They cannot be done: too many, too long, or no lines.</summary>
    public bool HasBadAttributes { get; internal set; }

    /// <summary>Types of media whose lines are offered as refused, in lower case (<c>sdp-media-remove</c>).</summary>
    public ImmutableArray<string> RemovedMedia { get; internal set; } = [];

    /// <summary><c>bundle</c> <c>require</c>: all media through one port.</summary>
    public bool RequiresBundle { get; internal set; }

    /// <summary>The reply is marked, and a session description with our mark is passed on as it is (5.10).</summary>
    public bool LoopProtect { get; internal set; }

    /// <summary>Packet duration toward the other party in ms, 1-1000.</summary>
    public int? Ptime { get; internal set; }

    /// <summary>Packet duration toward the party that sent this in ms, 1-1000.</summary>
    public int? PtimeReverse { get; internal set; }

    /// <summary>Codecs that go on their way, and <c>single-codec</c>; <c>accept</c> and <c>set</c> have no effect (4.5).</summary>
    public CodecRules Codecs { get; internal set; } = CodecRules.None;

    /// <summary>
    /// <c>transport-protocol</c> of an offer; <see cref="SdpProfile.None"/> for the offerer's own, or an unknown one.
    /// </summary>
    public SdpProfile Profile { get; internal set; }

    /// <summary>
    /// <c>transport-protocol</c> <c>accept</c>: the reply of an answer keeps the protocol that the answerer chose.
    /// </summary>
    public bool AcceptsProfile { get; internal set; }

    // Learning and media path (4.3, 4.4).

    /// <summary><c>drop-traffic</c>: true to start, false to stop; nothing is forwarded meanwhile.</summary>
    public bool? DropTraffic { get; internal set; }

    /// <summary>Another source may take the stream over without signalling.</summary>
    public bool MediaHandover { get; internal set; }

    /// <summary><c>asymmetric</c>, or <c>endpoint-learning</c> <c>off</c>: send only where the session description says.</summary>
    public bool Asymmetric { get; internal set; }

    // What needs transcoding, encryption or ICE (4.5, 5.9, 9).

    /// <summary>A codec is to be converted, or T.38 to be decoded.</summary>
    public bool Transcodes { get; internal set; }

    public CryptoOptions Crypto { get; internal set; } = CryptoOptions.None;

    /// <summary>
    /// Flag <c>fragment</c>: the body is a trickle of ICE candidates, to be answered with <c>ok</c> alone (9.5).
    /// </summary>
    public bool IsIceFragment { get; internal set; }

    /// <summary>
    /// Why an offer or answer with these options cannot be served, whatever its session description says; the text to answer.
    /// What depends on the description as well is for <see cref="SdpRefusals"/>.
    /// </summary>
    /// <returns>Null when there is nothing to refuse.</returns>
    public string? FindRefusal()
    {
        if (Transcodes)
        {
            return NgErrors.NoTranscoding;
        }

        if (HasBadAttributes)
        {
            return NgErrors.BadAttributes;
        }

        if (RequiresBundle)
        {
            return NgErrors.NoBundle;
        }

        if (RecordingName.FindRefusal() is { } refusal)
        {
            return refusal;
        }

        return Crypto.IsWebRtc || Crypto.Ice == IceOption.Force ? NgErrors.NoIce : null;
    }
}
