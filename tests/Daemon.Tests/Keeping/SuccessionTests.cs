using RtpProxy.Daemon.Keeping;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>First starts, deaths, and ends that are meant (ADR 22).</summary>
public class SuccessionTests
{
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_first_relay_begins_with_nothing()
    {
        SuccessionScene scene = new();

        scene.Keeper.Start(scene.Now);

        scene.Hands.Take().ShouldBe("start 1, pass on 1, 1: begin First");
        scene.Say(1, new RelayMessage.Ready(2, "one")).ShouldBe("");
        scene.Say(1, new RelayMessage.Running()).ShouldBe("");
        scene.Hands.News.ShouldBe([new SuccessionNews.Relaying(1)]);
    }

    [Fact]
    public void The_first_relay_may_take_its_time()
    {
        SuccessionScene scene = new();
        scene.Keeper.Start(scene.Now);
        scene.Hands.Take();

        scene.Wait(TimeSpan.FromMinutes(5)).ShouldBe("");
    }

    [Fact]
    public void A_first_relay_that_ends_before_it_runs_ends_the_keeper_with_its_status()
    {
        SuccessionScene scene = new();
        scene.Keeper.Start(scene.Now);
        scene.Say(1, new RelayMessage.Refused("no such directory"));

        scene.End(1, 1).ShouldBe("end 1");
    }

    [Fact]
    public void A_first_relay_that_cannot_be_started_ends_the_keeper()
    {
        SuccessionScene scene = new() { Hands = { StartFault = "no such file" } };

        scene.Keeper.Start(scene.Now);

        scene.Hands.Take().ShouldBe("start fails, end 1");
    }

    [Theory]
    [InlineData(137)]
    [InlineData(134)]
    [InlineData(0)]
    public void A_relay_that_dies_is_followed_at_once(int status)
    {
        SuccessionScene scene = SuccessionScene.Running();

        scene.End(1, status).ShouldBe("start 2, pass on 2, 2: begin AfterDeath");
        scene.Say(2, new RelayMessage.Ready(2, "one"));
        scene.Say(2, new RelayMessage.Running()).ShouldBe("");
        scene.Hands.News[^1].ShouldBe(new SuccessionNews.Restored(2, 1, TimeSpan.Zero));
    }

    [Fact]
    public void A_relay_that_dies_is_followed_by_the_same_program_and_an_upgrade_takes_what_is_installed()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.End(1, 137);
        scene.Say(2, new RelayMessage.Running());
        scene.Upgrade();

        scene.Hands.Programs.ShouldBe([RelayProgram.Installed, RelayProgram.Same, RelayProgram.Installed]);
    }

    [Fact]
    public void Where_the_same_program_does_not_come_to_relay_three_times_the_installed_one_is_tried()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.End(1, 137);
        for (int relay = 2; relay <= 4; relay++)
        {
            scene.End(relay, 1);
            scene.Wait(ASecond);
        }

        scene.Say(5, new RelayMessage.Running());
        scene.Wait(ASecond);
        scene.End(5, 137);

        scene.Hands.Programs.ShouldBe(
            [RelayProgram.Installed, RelayProgram.Same, RelayProgram.Same, RelayProgram.Same, RelayProgram.Installed, RelayProgram.Same]);
    }

    [Fact]
    public void Relays_that_die_before_they_run_are_followed_after_pauses_that_grow()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.End(1, 137);
        List<TimeSpan> pauses = [];
        for (int relay = 2; relay < 12; relay++)
        {
            scene.End(relay, 1).ShouldBe("");
            TimeSpan before = scene.Now;
            scene.Keeper.NextDeadline.ShouldNotBeNull();
            scene.Wait(scene.Keeper.NextDeadline.Value - scene.Now).ShouldContain($"start {relay + 1}");
            pauses.Add(scene.Now - before);
        }

        pauses[0].ShouldBeLessThan(ASecond);
        pauses.ShouldBe([.. pauses.Order()]);
        pauses[^1].ShouldBe(SuccessionTimes.LongestPause);
    }

    [Fact]
    public void One_that_ran_for_a_while_makes_pauses_short_again()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.End(1, 137);
        scene.End(2, 1);
        scene.Wait(ASecond);
        scene.Say(3, new RelayMessage.Running());
        scene.Wait(ASecond);

        scene.End(3, 137).ShouldStartWith("start 4");
    }

    [Fact]
    public void Where_the_program_is_gone_it_is_looked_for_again()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Hands.StartFault = "no such file";
        scene.End(1, 137).ShouldBe("start fails");
        scene.Wait(ASecond).ShouldContain("start fails");

        scene.Hands.StartFault = null;
        scene.Wait(TimeSpan.FromSeconds(10)).ShouldContain("begin AfterDeath");
    }

    [Fact]
    public void A_relay_after_a_death_that_does_not_come_to_run_is_killed_and_followed()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.End(1, 137);

        scene.Wait(SuccessionTimes.Restart).ShouldBe("kill 2");
        scene.End(2, 137);
        scene.Wait(ASecond).ShouldStartWith("start 3");
    }

    [Fact]
    public void A_relay_that_falls_silent_is_killed()
    {
        SuccessionScene scene = SuccessionScene.Running();
        for (int i = 0; i < 60; i++)
        {
            scene.Say(1, new RelayMessage.Alive());
            scene.Wait(ASecond).ShouldBe("");
        }

        scene.Wait(SuccessionTimes.Silence).ShouldBe("kill 1");
        scene.End(1, 137).ShouldStartWith("start 2");
    }

    [Fact]
    public void Silence_while_the_keeper_stood_still_as_well_says_nothing()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Keeper.OnStoodStill(scene.Now + TimeSpan.FromHours(1));

        scene.Wait(TimeSpan.FromHours(1)).ShouldBe("");
    }

    [Fact]
    public void An_end_that_is_meant_is_the_keepers()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Say(1, new RelayMessage.Ending());

        scene.End(1, 0).ShouldBe("end 0");
    }

    [Fact]
    public void A_signal_ends_the_relay_and_then_the_keeper_with_its_status()
    {
        SuccessionScene scene = SuccessionScene.Running();

        scene.Stop(2).ShouldBe("1: stop 2");
        scene.Stop(15).ShouldBe("1: stop 15 hurry");
        scene.End(1, 143).ShouldBe("end 143");
    }

    [Fact]
    public void A_relay_that_does_not_end_is_killed()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Stop();

        scene.Wait(SuccessionTimes.End).ShouldBe("kill 1");
        scene.End(1, 137).ShouldBe("end 137");
    }

    [Fact]
    public void A_signal_reaches_a_relay_that_is_only_starting()
    {
        SuccessionScene scene = new();
        scene.Keeper.Start(scene.Now);
        scene.Hands.Take();

        scene.Stop().ShouldBe("1: stop 15");
        scene.End(1, 0).ShouldBe("end 0");
    }

    [Fact]
    public void A_signal_in_a_pause_ends_the_keeper()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.End(1, 137);
        scene.End(2, 1);

        scene.Stop().ShouldBe("end 0");
    }

    [Fact]
    public void A_relay_that_drains_ends_with_its_last_session()
    {
        SuccessionScene scene = SuccessionScene.Running();

        scene.Drain().ShouldBe("1: drain");
        scene.Say(1, new RelayMessage.Ending());
        scene.End(1, 0).ShouldBe("end 0");
    }

    [Fact]
    public void One_that_follows_a_relay_that_drained_drains_too()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Say(1, new RelayMessage.Draining());
        scene.End(1, 137);

        scene.Say(2, new RelayMessage.Running()).ShouldBe("2: drain");
    }

    [Fact]
    public void A_relay_that_says_nothing_to_a_keeper_that_goes_on_for_another_is_killed()
    {
        SuccessionScene scene = new();

        scene.Keeper.Resume(new SuccessionState(2, 4, "two", 0, IsDraining: false), scene.Now);

        scene.Wait(SuccessionTimes.Silence).ShouldBe("kill 2");
    }

    [Fact]
    public void A_keeper_goes_on_where_another_was()
    {
        SuccessionScene before = SuccessionScene.Running();
        before.End(1, 137);
        before.Say(2, new RelayMessage.Ready(4, "two"));
        before.Say(2, new RelayMessage.Running());
        before.Drain();
        SuccessionScene scene = new();

        scene.Keeper.Resume(before.Keeper.State, scene.Now);

        scene.Hands.Take().ShouldBe("");
        scene.Keeper.State.ShouldBe(new SuccessionState(2, 4, "two", 1, IsDraining: true));
        scene.End(2, 137).ShouldBe("start 3, pass on 3, 3: begin AfterDeath");
        scene.Say(3, new RelayMessage.Running()).ShouldBe("3: drain");
    }

    [Fact]
    public void A_keeper_that_was_told_to_end_leaves_nothing_to_another()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Keeper.IsAtRest.ShouldBeTrue();

        scene.Stop();

        scene.Keeper.IsAtRest.ShouldBeFalse(); // that would take the end of the relay for a death
    }
}
