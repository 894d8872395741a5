using RtpProxy.TestKit;

namespace RtpProxy.Tools.Tests.ManPages;

/// <summary>A manual page as it is written, in the macros of mdoc(7).</summary>
internal sealed class ManPage
{
    /// <param name="name">Of the file below docs/man, such as <c>makeann.1</c>.</param>
    public ManPage(string name)
    {
        Path = System.IO.Path.Combine(Sources.Root, "docs", "man", name);
        SortedDictionary<string, string> current = Options;
        foreach (string line in File.ReadLines(Path))
        {
            if (line.StartsWith(".Ss ", StringComparison.Ordinal))
            {
                current = new(StringComparer.Ordinal);
                Subsections.Add(line[".Ss ".Length..], current);
            }
            else if (line.StartsWith(".Sh ", StringComparison.Ordinal))
            {
                current = Options;
            }
            else if (line.StartsWith(".It Fl ", StringComparison.Ordinal))
            {
                OptionNames.AddItem(current, line);
            }
        }
    }

    public string Path { get; }

    /// <summary>The options that stand in sections without subsections.</summary>
    public SortedDictionary<string, string> Options { get; } = new(StringComparer.Ordinal);

    /// <summary>The options of each subsection, by its title.</summary>
    public SortedDictionary<string, SortedDictionary<string, string>> Subsections { get; } = new(StringComparer.Ordinal);

    /// <summary>All of them together.</summary>
    public SortedDictionary<string, string> AllOptions =>
        new(Subsections.Values.SelectMany(options => options).Concat(Options).ToDictionary(), StringComparer.Ordinal);
}
