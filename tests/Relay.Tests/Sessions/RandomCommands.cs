using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>Thousands of commands that nobody thought of, each judged by a second statement of the rules.</summary>
public sealed class RandomCommands
{
    private const int CommandsOfOneRun = 1000;

    public static TheoryData<int, int> Runs()
    {
        var runs = new TheoryData<int, int>();
        for (int seed = 1; seed <= 12; seed++)
        {
            runs.Add(seed, 1);
            runs.Add(seed, 3);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Keys_legs_and_flags_are_as_a_plain_model_has_them(int seed, int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        var model = new SessionModel();
        var random = new Random(seed);
        var history = new List<string>();
        for (int i = 0; i < CommandsOfOneRun; i++)
        {
            RandomCommand command = RandomCommand.Next(random);
            string reply = relay.Command(command.ToString());
            history.Add($"{command} -> {reply}");
            model.Judge(command, reply).ShouldBeNull(string.Join('\n', history.TakeLast(30)));
        }
    }
}
