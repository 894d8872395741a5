using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Registration;

/// <summary>One phone of a user (RFC 3261 section 10).</summary>
/// <param name="User">User of the address of record.</param>
/// <param name="Contact">The Contact as registered, without its parameters: what becomes the Request-URI of its calls.</param>
/// <param name="CallId">With <paramref name="Number"/> tells a late REGISTER from a new one.</param>
/// <param name="Target">Where the phone registered from: the way back through its NAT.</param>
/// <param name="Flow">The way itself.</param>
/// <param name="ExpiresAt">On the clock of the registrar.</param>
internal sealed record Binding(
    string User,
    SipUri Contact,
    string CallId,
    long Number,
    NextHop Target,
    Flow Flow,
    DateTimeOffset ExpiresAt)
{
    /// <summary>
    /// The phone is where it registered from: it had a password, a connection, or has answered us there. Until then it may
    /// be anybody's address.
    /// </summary>
    public bool IsProven { get; set; }
}
