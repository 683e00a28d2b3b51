# A Rails application of one file around the snippets: a person signs in at
# /login, and has a page.
require "rails"
require "action_controller/railtie"
require "action_view/railtie"

class Shop < Rails::Application
  config.root = __dir__
  config.load_defaults 6.1
  config.eager_load = false
  config.consider_all_requests_local = true
  config.hosts.clear
  config.secret_key_base = "a" * 64
  config.logger = Logger.new($stderr, level: :warn)
  config.content_security_policy do |policy|
    policy.default_src :none
    policy.script_src ENV.fetch("PARLEY_URL")
    policy.frame_src ENV.fetch("PARLEY_URL")
    policy.connect_src :self
  end
  config.content_security_policy_nonce_generator = ->(_) { SecureRandom.base64(16) }
  config.content_security_policy_nonce_directives = %w[script-src]
  routes.append do
    get "/login", to: "home#login"
    get "/", to: "home#show"
  end
end

User = Struct.new(:id, :role)

Job = Struct.new(:url) do
  def self.publish(id, document)
    raise "a job has a title" if document["title"].to_s.empty?

    new("#{ENV.fetch("HOST")}/jobs/#{id}")
  end
end

class ApplicationController < ActionController::Base
  def current_user
    User.new(session[:user], "client") if session[:user]
  end
end

class HomeController < ApplicationController
  def login
    session[:user] = "ada"
    redirect_to "/"
  end

  def show
    render inline: "<!doctype html><html lang='en'><title>Shop</title><h1>Shop</h1><%= render 'shared/parley' %></html>"
  end
end

Shop.initialize!
run Shop
