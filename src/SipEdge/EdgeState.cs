using RtpProxy.Controller;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge;

/// <summary>What a reload replaces, as one value: a message is handled under the state it found.</summary>
internal sealed record EdgeState(EdgeSettings Settings, CallMedia Media);
