"""/demo/"""

from django.urls import path

from portal.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("bliv/<int:user_id>/", views.sign_in, name="sign_in"),
    path("mail/", views.mails, name="mail"),
    path("mail/<str:key>/", views.mail, name="one_mail"),
]
