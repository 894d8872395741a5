using System.Globalization;
using System.Text;
using RtpProxy.TestKit;

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

    [Fact]
    public void The_document_has_what_attackers_get()
    {
        var table = new StringBuilder("| | the attacker is | and |\n|---|---|---|\n");
        int number = 0;
        foreach (Attack attack in Attack.All)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {++number} | {attack.Position} | {attack.Act} |\n");
        }

        table.Append("\n| the party |");
        for (int i = 1; i <= number; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $" {i} |");
        }

        table.Append("\n|---|").Insert(table.Length, "---|", number).Append('\n');
        foreach (SessionState state in SessionState.All)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {state.Name} |");
            foreach (Attack attack in Attack.All)
            {
                Scene scene = state.NewScene(state.IsOfCalleeOnly ? Side.Callee : Side.Caller, ipv6: false);
                int diverted = attack.Diverted(scene, state.Enter(scene));
                char? letter = Untellable.MuteReason(attack, state) ?? (diverted > 0 ? Untellable.Reason(attack, state) : null);
                string reason = letter is null ? "" : $" {letter}";
                table.Append(CultureInfo.InvariantCulture, $" {diverted}{reason} |");
            }

            table.Append('\n');
        }

        ShouldBeIn(table.ToString());
    }

    [Fact]
    public void The_document_says_why_where_no_relay_can_tell()
    {
        var table = new StringBuilder("| | why |\n|---|---|\n");
        foreach ((char letter, string reason) in Untellable.Reasons)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {letter} | {reason} |\n");
        }

        ShouldBeIn(table.ToString());
    }

    private static void ShouldBeIn(string table) =>
        Document().Contains(table, StringComparison.Ordinal).ShouldBeTrue($"docs/security.md should have:\n{table}");

    private static string Document() => File.ReadAllText(Path.Combine(Sources.Root, "docs", "security.md"));
}
