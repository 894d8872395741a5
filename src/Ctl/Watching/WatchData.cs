using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Watching;

/// <summary>What was read for one drawing.</summary>
/// <param name="Calls">Null while a session is looked at.</param>
/// <param name="Session">Null while the list is.</param>
/// <param name="Activities">Of the nodes; empty where they are not watched.</param>
/// <param name="Code">The <see cref="ExitCode"/> of the worst node.</param>
internal sealed record WatchData(CallPage? Calls, SessionLookup? Session, IReadOnlyList<NodeActivity> Activities, int Code);
