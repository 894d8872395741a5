using System.Runtime.CompilerServices;

namespace RtpProxy.Controller.Tests;

/// <summary>The examples of the package's README are the samples that are built.</summary>
public sealed class PackageReadmeTests
{
    private const string Opening = "```csharp\n";

    [Fact]
    public void Every_example_is_a_whole_sample()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));
        string readme = File.ReadAllText(Path.Combine(root, "src", "Controller", "README.md"));
        string[] examples = [.. readme.Split(Opening)[1..].Select(text => text[..text.IndexOf("```", StringComparison.Ordinal)])];

        string[] samples = [.. Directory.GetFiles(Path.Combine(root, "samples"), "Program.cs", SearchOption.AllDirectories)
            .Select(file => WithoutIntroduction(File.ReadAllText(file)))];
        examples.Length.ShouldBeGreaterThan(2);
        examples.ShouldBeSubsetOf(samples);
    }

    private static string WithoutIntroduction(string program) => program[program.IndexOf("using ", StringComparison.Ordinal)..];

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
