namespace RtpProxy.Ctl;

/// <summary>What the shell and the person are told when nodes do not give their counters.</summary>
/// <param name="Code">The worst <see cref="ExitCode"/>.</param>
/// <param name="Errors">A line for each node that is not well.</param>
internal sealed record NodeVerdict(int Code, IReadOnlyList<string> Errors)
{
    /// <param name="names">What was asked for: a node that knows none of it has refused.</param>
    public static NodeVerdict Of(IEnumerable<CounterSample> samples, IReadOnlyList<string> names)
    {
        int worst = ExitCode.Ok;
        List<string> errors = [];
        foreach (CounterSample sample in samples)
        {
            if (sample.Counters is null)
            {
                errors.Add($"{sample.Socket}: {sample.Problem}");
                worst = Math.Max(worst, sample.Code);
            }
            else if (sample.Counters.Count == 0)
            {
                errors.Add(
                    $"{sample.Socket}: the relay knows no counter named {string.Join(' ', names)}; expected names such as nsess_created");
                worst = Math.Max(worst, ExitCode.Refused);
            }
        }

        return new NodeVerdict(worst, errors);
    }
}
