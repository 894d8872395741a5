using System.Globalization;
using System.Text.RegularExpressions;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>What <c>/metrics</c> says, read by rules of our own (Prometheus text format 0.0.4).</summary>
internal sealed partial class Exposition
{
    private Exposition(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ');
                Kinds.Add(words[2], words[3]); // Twice is a fault, and throws.
            }
            else if (line[0] != '#')
            {
                Match match = SampleLine().Match(line);
                match.Success.ShouldBeTrue(line);
                Samples.Add(line[..line.LastIndexOf(' ')], double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Name of a metric to its kind.</summary>
    public Dictionary<string, string> Kinds { get; } = [];

    /// <summary>Series, as it is written, to its value.</summary>
    public Dictionary<string, double> Samples { get; } = [];

    public static async Task<Exposition> ScrapeAsync(WatchProcess watch) => new(await TextAsync(watch));

    public static async Task<string> TextAsync(WatchProcess watch) => await watch.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>The value of the series of this name that has these labels, whatever others it has.</summary>
    public double Value(string name, params string[] labels) => Samples
        .Where(sample => sample.Key == name || sample.Key.StartsWith(name + "{", StringComparison.Ordinal))
        .Single(sample => labels.All(label => sample.Key.Contains(label, StringComparison.Ordinal))).Value;

    /// <summary>Names of the labels of a metric, but for those that all have or that histograms make.</summary>
    public string[] Labels(string metric) =>
    [
        .. Samples.Keys
            .Where(series => series.Split('{')[0] is { } name && (name == metric || name == metric + "_bucket"))
            .SelectMany(series => Label().Matches(series).Select(match => match.Groups[1].Value))
            .Where(label => label is not ("node" or "le"))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("""^[a-z_]+(\{([a-z_]+="[^"]*",?)*\})? (?<value>[-+.0-9eE]+|[+-]Inf|NaN)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("([a-z_]+)=\"")]
    private static partial Regex Label();
}
