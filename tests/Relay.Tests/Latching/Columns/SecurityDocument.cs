using System.Globalization;
using System.Text;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary><c>docs/security.md</c> has the tables that the relay plays, figure by figure.</summary>
public sealed class SecurityDocument
{
    [Fact]
    public void The_document_has_what_honest_changes_cost()
    {
        var table = new StringBuilder("| an honest party | wanted | measured | why not less |\n|---|---|---|---|\n");
        foreach (HonestChange change in HonestChanges.All)
        {
            int worst = (change.IsOfCalleeOnly ? new[] { Side.Callee } : [Side.Caller, Side.Callee])
                .Max(side => change.Play(new Scene(side, isPrivate: change.IsBehindNat)));
            table.Append(CultureInfo.InvariantCulture, $"| {change.What} | {change.Wanted} | {worst} {change.Unit} | {change.Why} |\n");
        }

        ShouldBeIn(table.ToString());
    }

    private static void ShouldBeIn(string table) =>
        Document().Contains(table, StringComparison.Ordinal).ShouldBeTrue($"docs/security.md should have:\n{table}");

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RtpProxy.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The sources are not above the tests.");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "security.md"));
    }
}
