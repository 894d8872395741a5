using RtpProxy.Admin;

namespace RtpProxy.Ctl.Nodes;

/// <summary>What an admin socket answered: a reply that carries out what was asked, or why there is none.</summary>
/// <param name="Code">The <see cref="ExitCode"/> that this is worth.</param>
/// <param name="Problem">One clause for people; null with a reply.</param>
internal sealed record AdminAnswer(AdminReply? Reply, int Code, string? Problem)
{
    public static AdminAnswer Of(AdminReply reply) => reply.Error is { } fault
        ? new AdminAnswer(null, ExitCode.Refused, $"the relay refused: {fault.Text} ({fault.Code})")
        : new AdminAnswer(reply, ExitCode.Ok, null);

    public static AdminAnswer NoReply(string problem) => new(null, ExitCode.NoReply, problem);

    public static AdminAnswer Unintelligible(string problem) => new(null, ExitCode.Refused, problem);
}
