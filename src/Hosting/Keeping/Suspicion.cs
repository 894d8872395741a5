using RtpProxy.Relay.Sessions;

namespace RtpProxy.Hosting.Keeping;

/// <summary>What is given up because processes die again and again.</summary>
/// <param name="All">No session goes on.</param>
/// <param name="Session">This one does not; null for none.</param>
internal readonly record struct Suspicion(bool All, SessionId? Session)
{
    public bool IsOf(in SessionId session) => All || Session == session;
}
