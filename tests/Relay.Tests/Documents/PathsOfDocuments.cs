using System.Text.RegularExpressions;
using RtpProxy.TestKit;

namespace RtpProxy.Relay.Tests.Documents;

/// <summary>What the documents point to exists.</summary>
public sealed partial class PathsOfDocuments
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Sources.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Sources.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Sources.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_of_a_document_leads_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Sources.Root, document))!;
        foreach (Match link in Link().Matches(File.ReadAllText(Path.Combine(Sources.Root, document))))
        {
            string target = link.Groups["target"].Value.Split('#')[0];
            if (target.Length > 0 && !target.Contains(':', StringComparison.Ordinal))
            {
                Path.Exists(Path.Combine(folder, target)).ShouldBeTrue($"{document} links to {target}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_that_a_document_names_is_there(string document)
    {
        foreach (Match path in PathInCode().Matches(File.ReadAllText(Path.Combine(Sources.Root, document))))
        {
            string named = path.Groups["path"].Value;
            string whole = named.Split(['*', '…', '{', ' '])[0]; // up to a placeholder
            string known = whole.Length < named.Length ? Path.GetDirectoryName(whole)! : whole;
            Path.Exists(Path.Combine(Sources.Root, known)).ShouldBeTrue($"{document} names {named}");
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(src|tests|docs|samples|bench)/[^`]*)`")]
    private static partial Regex PathInCode();
}
