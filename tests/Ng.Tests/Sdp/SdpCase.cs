namespace RtpProxy.Protocols.Ng.Tests.Sdp;

/// <summary>
/// One call of a file in <c>Cases</c>: its offers and answers, each with what is sent on.
/// </summary>
/// <remarks>
/// <c>call</c> begins a call, <c>#</c> a comment. <c>offer</c> or <c>answer</c>, with the sender and options behind it, begins
/// a message; <c>&lt;</c> is a line of its body, <c>&gt;</c> a line of what is sent on, <c>!</c> an error instead. Our ports
/// are 30000 and 30001 for the first media line, 30002 and 30003 for the second.
/// </remarks>
public sealed record SdpCase(string Name, IReadOnlyList<SdpCaseStep> Steps)
{
    public static IEnumerable<SdpCase> ReadAll()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Sdp", "Cases");
        foreach (string file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            int number = 0;
            foreach (string call in ("\n" + File.ReadAllText(file)).Split("\ncall\n")[1..])
            {
                yield return new SdpCase($"{Path.GetFileNameWithoutExtension(file)} {++number}", ReadSteps(call));
            }
        }
    }

    public override string ToString() => Name;

    private static List<SdpCaseStep> ReadSteps(string call)
    {
        List<SdpCaseStep> steps = [];
        foreach (string line in call.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (line[0])
            {
                case '#':
                    break;
                case '<':
                    steps[^1].Body.Add(line[2..]);
                    break;
                case '>':
                    steps[^1].SentOn.Add(line[2..]);
                    break;
                case '!':
                    steps[^1] = steps[^1] with { Error = line[2..] };
                    break;
                default:
                    steps.Add(new SdpCaseStep(line.Split(' '), [], [], null));
                    break;
            }
        }

        return steps;
    }
}
