using System.Net;

namespace RtpProxy.EndToEnd.Sipp;

/// <summary>What both ends of a test call agree on beforehand, so that neither SIPp has to take it out of messages.</summary>
/// <param name="CallId">Begins with the word by which Kamailio chooses the treatment of the call.</param>
/// <param name="Callee">The callee's SIP socket, where the first INVITE goes to.</param>
/// <param name="NamesRoute">Whether the first INVITE has a Route field that says so.</param>
/// <param name="RingsAlso">SIP socket of another phone that the first INVITE asks to be forked to.</param>
public sealed record Dialog(
    string CallId, string CallerTag, string CalleeTag, IPEndPoint Callee, bool NamesRoute, IPEndPoint? RingsAlso = null);
