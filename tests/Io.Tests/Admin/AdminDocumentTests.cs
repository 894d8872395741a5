using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RtpProxy.Admin;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Admin;

/// <summary>docs/admin.md against the records that it describes.</summary>
public sealed class AdminDocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Sources.Root, "docs/admin.md"));

    private static readonly AdminJson Strict = new(
        new JsonSerializerOptions(AdminJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow });

    public static TheoryData<string> Requests => [.. AdminWords.All];

    [Fact]
    public void Every_example_is_a_request_or_a_reply_with_no_other_members()
    {
        Examples.Count.ShouldBeGreaterThan(12);
        foreach (string line in Examples)
        {
            object? read = line.Contains("\"ask\"", StringComparison.Ordinal)
                ? JsonSerializer.Deserialize(line, Strict.AdminRequest)
                : JsonSerializer.Deserialize(line, Strict.AdminReply);
            read.ShouldNotBeNull(line);
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_request_has_a_section_with_an_example_and_its_answer(string request)
    {
        string section = Text.Split($"\n## {request}\n")[1].Split("\n## ")[0];

        string[] lines = section.Split("```json\n")[1].Split("\n```")[0].Split('\n');
        JsonSerializer.Deserialize(lines[0], Strict.AdminRequest)!.Ask.ShouldBe(request);
        AdminReply reply = JsonSerializer.Deserialize(lines[1], Strict.AdminReply)!;
        reply.Id.ShouldNotBeNull();
        reply.Error.ShouldBeNull();
    }

    [Fact]
    public void Every_member_is_described()
    {
        string[] described = [.. Text.Split('\n')
            .Where(line => !line.StartsWith('{'))
            .SelectMany(line => line.Split('`').Where((_, at) => at % 2 == 1))];

        Members(Strict.AdminRequest).Concat(Members(Strict.AdminReply)).Distinct()
            .Where(member => !described.Contains(member)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_member_is_in_an_example()
    {
        string examples = string.Concat(Examples);

        Members(Strict.AdminRequest).Concat(Members(Strict.AdminReply)).Distinct()
            .Where(member => !examples.Contains($"\"{member}\":", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_of_event_and_every_code_of_a_fault_is_described()
    {
        foreach (string word in (string[])[
            .. EventKinds.All, FaultCodes.Malformed, FaultCodes.UnknownRequest, FaultCodes.BadValue, FaultCodes.TooLong, FaultCodes.Busy,
            FaultCodes.Stopping])
        {
            Text.ShouldContain($"`{word}`");
        }
    }

    private static IReadOnlyList<string> Examples =>
        [.. Text.Split('\n').Where(line => line.StartsWith('{'))];

    private static IEnumerable<string> Members(JsonTypeInfo type) => Members(type, []);

    private static IEnumerable<string> Members(JsonTypeInfo type, HashSet<Type> seen)
    {
        if (!seen.Add(type.Type))
        {
            yield break;
        }

        foreach (JsonPropertyInfo property in type.Properties)
        {
            yield return property.Name;
            Type inner = property.PropertyType;
            Type[] candidates = [inner, .. inner.GenericTypeArguments];
            foreach (Type candidate in candidates.Where(candidate => candidate.Namespace == typeof(AdminReply).Namespace))
            {
                foreach (string name in Members(Strict.GetTypeInfo(candidate)!, seen))
                {
                    yield return name;
                }
            }
        }
    }
}
