using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl;

/// <summary>What the shell and the person are told when nodes do not give their counters.</summary>
internal static class NodeVerdict
{
    /// <param name="terminal">Where errors go; null to keep silent.</param>
    /// <param name="names">What was asked for: a node that knows none of it has refused.</param>
    public static int Of(IEnumerable<CounterSample> samples, Terminal? terminal, IReadOnlyList<string> names)
    {
        int worst = ExitCode.Ok;
        foreach (CounterSample sample in samples)
        {
            if (sample.Counters is null)
            {
                terminal?.WriteError($"{sample.Socket}: {sample.Answer}");
                worst = Math.Max(
                    worst, sample.Answer.Status == AnswerStatus.NoReply ? ExitCode.NoReply : ExitCode.Refused);
            }
            else if (sample.Counters.Count == 0)
            {
                terminal?.WriteError(
                    $"{sample.Socket}: the relay knows no counter named {string.Join(' ', names)}; expected names such as nsess_created");
                worst = Math.Max(worst, ExitCode.Refused);
            }
        }

        return worst;
    }
}
