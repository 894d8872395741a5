using RtpProxy.Daemon.Keeping;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>Upgrades, and all that can come between (ADR 22).</summary>
public class UpgradeTests
{
    private static readonly RelayMessage.Ready Two = new(2, "two");

    [Fact]
    public void A_new_relay_takes_over_step_by_step()
    {
        SuccessionScene scene = SuccessionScene.Running();

        scene.Upgrade().ShouldBe("start 2, pass on 2, 2: begin Upgrade");
        scene.Say(2, Two).ShouldBe("1: freeze");
        scene.Say(1, new RelayMessage.Frozen()).ShouldBe("changes 2, 2: go");
        scene.Say(2, new RelayMessage.Running()).ShouldBe("1: told done, 1: end");
        scene.End(1, 0).ShouldBe("replace");
        scene.Keeper.State.ShouldBe(new SuccessionState(2, 2, "two", 0, IsDraining: false));
        scene.Hands.News.ShouldBe([new SuccessionNews.UpgradeBegun(2), new SuccessionNews.UpgradeDone(2, "two", TimeSpan.Zero)]);
    }

    [Fact]
    public void A_client_can_ask_for_it()
    {
        SuccessionScene scene = SuccessionScene.Running();

        scene.Say(1, new RelayMessage.UpgradeWanted()).ShouldStartWith("start 2");
    }

    [Fact]
    public void A_program_that_cannot_be_started_changes_nothing()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Hands.StartFault = "no such file";

        scene.Upgrade().ShouldBe("start fails, 1: told the program cannot be started: no such file");
        scene.End(1, 137).ShouldBe("start fails");
    }

    [Fact]
    public void A_new_relay_that_ends_at_once_changes_nothing()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();

        scene.End(2, 3).ShouldBe("kill 2, 1: told the new one ended with status 3 before it could relay");
        scene.Upgrade().ShouldStartWith("start 3");
    }

    [Fact]
    public void A_new_relay_that_hangs_is_given_up()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();

        scene.Wait(SuccessionTimes.Ready).ShouldBe("kill 2, 1: told the new one was not ready within 10 s");
        scene.End(2, 137).ShouldBe("");
    }

    [Fact]
    public void A_new_relay_that_refuses_says_why()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();

        scene.Say(2, new RelayMessage.Refused("no such directory")).ShouldBe("kill 2, 1: told no such directory");
        scene.Hands.News[^1].ShouldBe(new SuccessionNews.UpgradeFailed("no such directory"));
        scene.End(2, 1).ShouldBe("");
    }

    [Fact]
    public void Another_number_of_workers_is_refused()
    {
        SuccessionScene scene = SuccessionScene.Running(workers: 2);
        scene.Upgrade();

        scene.Say(2, new RelayMessage.Ready(4, "two"))
            .ShouldBe("kill 2, 1: told the new one would have 4 workers and this one has 2, which calls are tied to");
    }

    [Fact]
    public void An_old_relay_that_does_not_stand_still_goes_on()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);

        scene.Wait(SuccessionTimes.Frozen).ShouldBe("kill 2, 1: thaw, 1: told the old one did not stand still within 2 s");
        scene.Say(1, new RelayMessage.Frozen()).ShouldBe("");
    }

    [Fact]
    public void A_new_relay_that_does_not_come_to_read_is_given_up()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());

        scene.Wait(SuccessionTimes.Running).ShouldBe("kill 2, 1: thaw, 1: told the new one did not relay within 5 s");
    }

    [Fact]
    public void A_new_relay_that_dies_on_the_last_step_is_given_up()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());

        scene.End(2, 139).ShouldBe("kill 2, 1: thaw, 1: told the new one ended with status 139 before it could relay");
    }

    [Fact]
    public void An_old_relay_that_dies_before_all_is_written_is_followed_as_after_any_death()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);

        scene.End(1, 137).ShouldBe("kill 2, start 3, pass on 3, 3: begin AfterDeath");
        scene.End(2, 137).ShouldBe("");
    }

    [Fact]
    public void An_old_relay_that_dies_when_all_is_written_is_followed_by_the_new_one()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());

        scene.End(1, 137).ShouldBe("");
        scene.Say(2, new RelayMessage.Running()).ShouldBe("replace");
        scene.Keeper.Current.ShouldBe(2);
    }

    [Fact]
    public void A_second_upgrade_waits_for_nothing_and_is_refused()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();

        scene.Upgrade().ShouldBe("");
        scene.Say(1, new RelayMessage.UpgradeWanted()).ShouldBe("1: told an upgrade is under way already");
        scene.Hands.News.ShouldContain(new SuccessionNews.UpgradeRefused("an upgrade is under way already"));
        scene.Say(2, Two).ShouldBe("1: freeze");
    }

    [Fact]
    public void Who_has_asked_for_the_one_that_is_under_way_is_told_how_that_went()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Say(1, new RelayMessage.UpgradeWanted());

        scene.Upgrade().ShouldBe("");
        scene.Say(2, Two).ShouldBe("1: freeze");
        scene.Say(1, new RelayMessage.Frozen());
        scene.Say(2, new RelayMessage.Running()).ShouldBe("1: told done, 1: end");
    }

    [Fact]
    public void One_that_is_asked_for_while_the_old_relay_is_leaving_comes_next()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());
        scene.Say(2, new RelayMessage.Running());

        scene.Upgrade().ShouldBe("");
        scene.End(1, 0).ShouldBe("start 3, pass on 3, 3: begin Upgrade");
        scene.Say(3, Two).ShouldBe("2: freeze");
        scene.Say(2, new RelayMessage.Frozen());
        scene.Say(3, new RelayMessage.Running());
        scene.End(2, 0).ShouldBe("replace");
    }

    [Fact]
    public void An_old_relay_that_does_not_leave_is_killed()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());
        scene.Say(2, new RelayMessage.Running());
        for (int i = 1; i < SuccessionTimes.End.TotalSeconds; i++)
        {
            scene.Say(2, new RelayMessage.Alive());
            scene.Wait(TimeSpan.FromSeconds(1)).ShouldBe("");
        }

        scene.Wait(TimeSpan.FromSeconds(1)).ShouldBe("kill 1");
        scene.End(1, 137).ShouldBe("replace");
    }

    [Fact]
    public void A_new_relay_that_dies_while_the_old_one_is_leaving_is_followed()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());
        scene.Say(2, new RelayMessage.Running());
        scene.Wait(TimeSpan.FromSeconds(1));

        scene.End(2, 137).ShouldBe("start 3, pass on 3, 3: begin AfterDeath");
        scene.End(1, 0).ShouldBe("");
        scene.Say(3, new RelayMessage.Running()).ShouldBe("replace");
    }

    [Fact]
    public void Draining_goes_on_in_the_new_relay()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Drain();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());

        scene.Say(2, new RelayMessage.Running()).ShouldBe("2: drain, 1: told done, 1: end");
    }

    [Fact]
    public void A_relay_whose_last_session_ends_during_an_upgrade_ends_all()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Drain();
        scene.Upgrade();
        scene.Say(1, new RelayMessage.Ending());

        scene.End(1, 0).ShouldBe("kill 2, end 0");
    }

    [Fact]
    public void A_signal_to_end_ends_the_upgrade_too()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);

        scene.Stop().ShouldBe("kill 2, 1: thaw, 1: told the keeper was told to end, 1: stop 15");
        scene.Say(1, new RelayMessage.UpgradeWanted()).ShouldBe("1: told the relay is ending");
        scene.End(1, 0).ShouldBe("end 0");
    }

    [Fact]
    public void A_signal_while_the_old_relay_is_leaving_ends_the_new_one()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());
        scene.Say(2, new RelayMessage.Running());

        scene.Stop().ShouldBe("2: stop 15");
        scene.End(1, 0).ShouldBe("");
        scene.End(2, 0).ShouldBe("end 0");
    }

    [Fact]
    public void A_relay_that_is_only_starting_is_not_upgraded()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.End(1, 137);

        scene.Say(2, new RelayMessage.UpgradeWanted()).ShouldBe("2: told the relay is only starting, of the program that is there now");
        scene.Upgrade().ShouldBe("");
        scene.Hands.News[^1].ShouldBe(new SuccessionNews.UpgradeRefused("the relay is only starting, of the program that is there now"));
    }

    [Fact]
    public void What_an_old_relay_says_after_its_end_was_ordered_means_nothing()
    {
        SuccessionScene scene = SuccessionScene.Running();
        scene.Upgrade();
        scene.Say(2, Two);
        scene.Say(1, new RelayMessage.Frozen());
        scene.Say(2, new RelayMessage.Running());

        scene.Say(1, new RelayMessage.UpgradeWanted()).ShouldBe("");
        scene.Say(1, new RelayMessage.Ending()).ShouldBe("");
        scene.End(1, 137).ShouldBe("replace");
    }
}
